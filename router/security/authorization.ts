import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  TypeInfo,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  getNamedType,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { type Viewer, hasScope } from '#platform/viewer.ts';

import { type Operation } from '../planning/operation.ts';

/** What a viewer must have to see a field. */
export type Rule = {
  readonly authenticated: boolean;
  /** All of these must hold; each is a list of alternatives, each alternative a list of scopes that are needed together. */
  readonly scopes: readonly (readonly (readonly string[])[])[];
  /** A policy that nobody here can evaluate: refused to everybody. */
  readonly never: boolean;
};

export type Refusal = 'UNAUTHENTICATED' | 'FORBIDDEN';

/** The rules of one operation. */
export type Guard = {
  /** Which fields this viewer may not have, and why; `key` is equal for equal answers. */
  refuse(viewer: Viewer): { readonly fields: ReadonlyMap<FieldNode, Refusal>; readonly key: string };
};

/** Reads the rules of the supergraph's directives; `names` maps specification names to directive names. */
export function createAuthorizer(
  schema: GraphQLSchema,
  names: ReadonlyMap<string, string>,
): (operation: Operation) => Guard {
  const rulesOfType = memo((type: GraphQLNamedType) => readRules(type.astNode, names));
  const fieldRules = (type: GraphQLNamedType, field: string): Rule[] => {
    const parents = isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
    // What is protected in an implementation is protected through its interfaces too.
    return parents.flatMap(parent => {
      if (!isObjectType(parent) && !isInterfaceType(parent)) return [];
      const definition = parent.getFields()[field];
      if (!definition) return [];
      const returned = getNamedType(definition.type);
      return [
        ...rulesOfType(parent),
        ...readRules(definition.astNode, names),
        ...rulesOfType(returned),
        ...inside(returned),
      ];
    });
  };
  const inside = (type: GraphQLNamedType): Rule[] =>
    isAbstractType(type)
      ? schema.getPossibleTypes(type).flatMap((member: GraphQLObjectType) => rulesOfType(member))
      : [];

  return operation => {
    const rules = new Map<FieldNode, readonly Rule[]>();
    const info = new TypeInfo(schema);
    const collect = {
      Field(node: FieldNode) {
        const parent = info.getParentType();
        if (!parent || !isCompositeType(parent)) return;
        const found = fieldRules(parent, node.name.value);
        if (found.length > 0) rules.set(node, found);
      },
    };
    visit(operation.definition, visitWithTypeInfo(info, collect));
    for (const fragment of operation.fragments.values()) visit(fragment, visitWithTypeInfo(info, collect));
    const guarded = [...rules];
    return {
      refuse: viewer => {
        const code = viewer.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        const fields = new Map<FieldNode, Refusal>();
        let key = '';
        for (const [index, [node, all]] of guarded.entries()) {
          if (all.every(rule => allows(rule, viewer))) continue;
          fields.set(node, code);
          key += `${index} `;
        }
        return { fields, key: fields.size === 0 ? '' : code + key };
      },
    };
  };
}

function allows(rule: Rule, viewer: Viewer): boolean {
  if (rule.never) return false;
  if (rule.authenticated && viewer.kind === 'anonymous') return false;
  return rule.scopes.every(any => any.some(all => all.every(scope => hasScope(viewer, scope))));
}

function readRules(
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined,
  names: ReadonlyMap<string, string>,
): Rule[] {
  const rules: Rule[] = [];
  for (const directive of node?.directives ?? []) {
    const name = directive.name.value;
    if (name === names.get('authenticated')) rules.push({ authenticated: true, scopes: [], never: false });
    if (name === names.get('requiresScopes'))
      rules.push({ authenticated: true, scopes: [readScopes(directive)], never: false });
    if (name === names.get('policy')) rules.push({ authenticated: true, scopes: [], never: true });
  }
  return rules;
}

/** The `scopes` argument; anything unreadable is an empty list of alternatives, which nobody satisfies. */
function readScopes(directive: ConstDirectiveNode): string[][] {
  const value = directive.arguments?.find(argument => argument.name.value === 'scopes')?.value;
  if (value?.kind !== Kind.LIST) return [];
  return value.values.map(all =>
    all.kind === Kind.LIST && all.values.every(scope => scope.kind === Kind.STRING)
      ? all.values.map(scope => (scope.kind === Kind.STRING ? scope.value : ''))
      : ['\u0000unreadable'],
  );
}

/** The document without the refused fields. Where nothing is left of a selection, `__typename` keeps its place. */
export function withoutFields(
  document: DocumentNode,
  refused: ReadonlyMap<FieldNode, Refusal>,
): DocumentNode {
  if (refused.size === 0) return document;
  return visit(document, {
    Field: node => (refused.has(node) ? null : undefined),
    SelectionSet: {
      leave: (node: SelectionSetNode) =>
        node.selections.length === 0 ? { ...node, selections: [typename] } : undefined,
    },
  });
}

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function memo<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return key => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}
