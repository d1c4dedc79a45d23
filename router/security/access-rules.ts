import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  parse,
  valueFromASTUntyped,
} from 'graphql';

import { type Viewer, hasScope } from '#platform/viewer.ts';

/** What a viewer must have to see something; one directive is one rule, and all rules must hold. */
export type Rule = {
  /** Alternatives, each a list of scopes that are needed together; null: being signed in is enough. */
  readonly scopes: readonly (readonly string[])[] | null;
};

/** A policy holds for whoever has the scope of this name: users signs both into the access token. */
const POLICY_SCOPE = 'policy:';
const signedIn: Rule = { scopes: null };

/** Whether the viewer has what the rule asks for. */
export function allows({ scopes }: Rule, viewer: Viewer): boolean {
  if (viewer.kind === 'anonymous') return false;
  return scopes === null || scopes.some(all => all.every(scope => hasScope(viewer, scope)));
}

type Composite = GraphQLObjectType | GraphQLInterfaceType;

/**
 * Finds the rules of a field, by the supergraph's directives; `names` maps specification names to directive names. They are those of
 * - the field and its type, and of what it returns: a field that may return a protected type is protected as that type is;
 * - the same field in every implementation, when the parent is an interface;
 * - whatever the field's subgraph is given to compute it: `@requires` and `@fromContext`, through any number of steps.
 */
export function createAccessRules(
  schema: GraphQLSchema,
  names: ReadonlyMap<string, string>,
): (parent: GraphQLNamedType, field: string) => readonly Rule[] {
  const known = new Map<string, readonly Rule[]>();
  const contexts = contextTypes(schema);

  const interned = new Map<string, Rule>();
  const intern = (rule: Rule): Rule => {
    const key = JSON.stringify(rule);
    const same = interned.get(key) ?? rule;
    interned.set(key, same);
    return same;
  };

  /** Gathers what one coordinate stands for, itself and all that it leads to. */
  const gather = (parent: GraphQLNamedType, name: string, found: Found): void => {
    const coordinate = `${parent.name}.${name}`;
    if (found.coordinates.has(coordinate)) return;
    found.coordinates.add(coordinate);
    const add = (element: { readonly astNode?: Annotated }): void => {
      for (const rule of readRules(element.astNode?.directives, names)) found.rules.add(intern(rule));
    };
    const addSet = (type: GraphQLNamedType, { selections }: SelectionSetNode): void => {
      add(type);
      for (const selection of selections) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          const inner = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : type;
          if (inner) addSet(inner, selection.selectionSet);
          continue;
        }
        gather(type, selection.name.value, found);
        const returned = isComposite(type) ? type.getFields()[selection.name.value]?.type : undefined;
        if (returned && selection.selectionSet) addSet(getNamedType(returned), selection.selectionSet);
      }
    };
    const parents = isAbstractType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];
    for (const each of parents.filter(isComposite)) {
      const field = each.getFields()[name];
      if (!field) continue;
      const returned = getNamedType(field.type);
      add(each);
      add(field);
      add(returned);
      if (isAbstractType(returned)) schema.getPossibleTypes(returned).forEach(add);
      for (const { requires, selections } of joinsOf(field)) {
        if (requires) addSet(each, requires);
        for (const { context, set } of selections)
          for (const type of contexts.get(context) ?? []) addSet(type, set);
      }
    }
  };
  return (parent, name) => {
    const coordinate = `${parent.name}.${name}`;
    const seen = known.get(coordinate);
    if (seen) return seen;
    const found: Found = { coordinates: new Set(), rules: new Set() };
    gather(parent, name, found);
    const rules = [...found.rules];
    known.set(coordinate, rules);
    return rules;
  };
}

type Annotated = { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
type Found = { readonly coordinates: Set<string>; readonly rules: Set<Rule> };

function isComposite(type: GraphQLNamedType): type is Composite {
  return isObjectType(type) || isInterfaceType(type);
}

function readRules(
  directives: readonly ConstDirectiveNode[] | undefined,
  names: ReadonlyMap<string, string>,
): Rule[] {
  return (directives ?? []).flatMap(directive => {
    const name = directive.name.value;
    if (name === names.get('authenticated')) return [signedIn];
    if (name === names.get('requiresScopes')) return [{ scopes: readLists(directive, 'scopes', '') }];
    if (name === names.get('policy')) return [{ scopes: readLists(directive, 'policies', POLICY_SCOPE) }];
    return [];
  });
}

/** A list of alternatives; what cannot be read is an alternative that nobody has, and none at all is nobody's either. */
function readLists(directive: ConstDirectiveNode, argument: string, prefix: string): string[][] {
  const value = argumentOf(directive, argument);
  if (!Array.isArray(value)) return [];
  return value.flatMap((all: unknown) =>
    Array.isArray(all) && all.length > 0 && all.every(each => typeof each === 'string')
      ? [all.map(each => `${prefix}${String(each)}`)]
      : [],
  );
}

type Join = {
  readonly requires: SelectionSetNode | null;
  readonly selections: readonly { readonly context: string; readonly set: SelectionSetNode }[];
};

/** What the router sends to a subgraph that resolves this field, beside the key. */
function joinsOf(field: GraphQLField<unknown, unknown>): Join[] {
  const joins = (field.astNode?.directives ?? []).filter(({ name }) => name.value === 'join__field');
  return joins.flatMap(join => {
    const requires = argumentOf(join, 'requires');
    const given = argumentOf(join, 'contextArguments');
    const selections = (Array.isArray(given) ? (given as unknown[]) : []).flatMap(each => {
      const { context, selection } = (each ?? {}) as { context?: unknown; selection?: unknown };
      return typeof context === 'string' && typeof selection === 'string'
        ? [{ context, set: readSet(selection.trim()) }]
        : [];
    });
    if (typeof requires !== 'string' && selections.length === 0) return [];
    return [{ requires: typeof requires === 'string' ? readSet(`{ ${requires} }`) : null, selections }];
  });
}

function readSet(text: string): SelectionSetNode {
  const [definition] = parse(text.startsWith('{') ? text : `{ ${text} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`"${text}" is no field set`);
  return definition.selectionSet;
}

/** The types that set each context, by the name that the supergraph gives it. */
function contextTypes(schema: GraphQLSchema): ReadonlyMap<string, readonly GraphQLNamedType[]> {
  const found = new Map<string, GraphQLNamedType[]>();
  for (const type of Object.values(schema.getTypeMap())) {
    for (const directive of type.astNode?.directives ?? []) {
      const name = directive.name.value === 'context' ? argumentOf(directive, 'name') : undefined;
      if (typeof name === 'string') found.set(name, [...(found.get(name) ?? []), type]);
    }
  }
  return found;
}

function argumentOf(directive: ConstDirectiveNode, name: string): unknown {
  const value = directive.arguments?.find(argument => argument.name.value === name)?.value;
  return value && valueFromASTUntyped(value);
}
