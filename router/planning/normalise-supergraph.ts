import {
  type ArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type NameNode,
  type ObjectTypeDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type TypeNode,
  parse,
  print,
} from 'graphql';

/** A field that only the planner sees: it stands for a real field with fixed arguments inside a `@requires`. */
export type StandIn = { readonly field: string; readonly arguments: readonly ArgumentNode[] };

/** What was changed for the planner, so that its plans can be put right (fix-plan.ts). */
export type Normalisation = {
  readonly standIns: ReadonlyMap<string, StandIn>;
  /** `Type.field` → what its `@requires` reads, each as the path of names from the entity, with stand-in names. */
  readonly requirements: ReadonlyMap<string, ReadonlySet<string>>;
};

type TypeDefinition = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * Rewrites a supergraph around two defects of @apollo/query-planner 2.14, for the planner only:
 * it re-enters a subgraph by the first key it meets, resolvable or not, so non-resolvable keys beside a resolvable one are
 * dropped; and it knows selections by response name, so a `price` in a `@requires`, with arguments or without, collides with
 * the client's own `price(currency: "USD")` or with another `@requires`. Required fields that take arguments get an
 * argument-less stand-in of their own. (What clients give other names is kept apart by aliases.ts.)
 */
export function normaliseSupergraph(sdl: DocumentNode): Normalisation & { readonly sdl: DocumentNode } {
  const types = new Map(
    sdl.definitions
      .filter(
        each => each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.INTERFACE_TYPE_DEFINITION,
      )
      .map(each => [each.name.value, each]),
  );
  const standIns = createStandIns(types);
  const rewritten = new Map<string, TypeDefinition>();
  for (const [name, type] of types) {
    const fields = (type.fields ?? []).map(field => ({
      ...field,
      directives: (field.directives ?? []).map(each =>
        standIns.rewriteRequires(name, field.name.value, each),
      ),
    }));
    rewritten.set(name, { ...type, directives: resolvableKeys(type.directives ?? []), fields });
  }
  const used = usedNames([...rewritten.values()]);
  const definitions = sdl.definitions.map(each => {
    const type = 'name' in each && each.name ? rewritten.get(each.name.value) : undefined;
    if (!type || (each.kind !== Kind.OBJECT_TYPE_DEFINITION && each.kind !== Kind.INTERFACE_TYPE_DEFINITION))
      return each;
    const added = standIns.fieldsOf(type.name.value);
    const stoodFor = new Set(added.map(({ name }) => standIns.known.get(name.value)?.field));
    const fields = (type.fields ?? []).map(field =>
      stoodFor.has(field.name.value) ? withoutUnusedExternals(field, used) : field,
    );
    return { ...type, fields: [...fields, ...added.map(field => withoutUnusedExternals(field, used))] };
  });
  return { sdl: { ...sdl, definitions }, standIns: standIns.known, requirements: standIns.requirements };
}

function createStandIns(types: ReadonlyMap<string, TypeDefinition>) {
  const known = new Map<string, StandIn>();
  const byUse = new Map<string, string>();
  const added = new Map<string, FieldDefinitionNode[]>();
  const requirements = new Map<string, Set<string>>();
  const taken = new Set(
    [...types.values()].flatMap(type => (type.fields ?? []).map(({ name }) => name.value)),
  );

  const fieldOf = (type: string, name: string): FieldDefinitionNode | undefined =>
    types.get(type)?.fields?.find(each => each.name.value === name);

  const addTo = (type: string, definition: FieldDefinitionNode, name: string): void => {
    const directives = (definition.directives ?? [])
      .filter(each => each.name.value === 'join__field')
      .map(each => rewriteRequires(type, name, each));
    const { description: _omitted, ...plain } = definition;
    added.set(type, [
      ...(added.get(type) ?? []),
      { ...plain, name: nameNode(name), arguments: [], directives },
    ]);
  };

  /** A `@join__field` that requires what the planner can tell apart. */
  const rewriteRequires = (
    type: string,
    field: string,
    directive: ConstDirectiveNode,
  ): ConstDirectiveNode => {
    const required = directive.name.value === 'join__field' ? textOf(directive, 'requires') : undefined;
    if (required === undefined) return directive;
    const reads = new Set<string>();
    const set = rewrite(type, parseSet(required), reads, '');
    const key = `${type}.${field}`;
    requirements.set(key, new Set([...(requirements.get(key) ?? []), ...reads]));
    return withText(directive, 'requires', printSet(set));
  };

  const standInFor = (parent: string, field: FieldNode, definition: FieldDefinitionNode): string => {
    const { kind, name: real, arguments: given = [] } = field;
    const use = `${parent}.${print({ kind, name: real, arguments: given })}`;
    const old = byUse.get(use);
    if (old !== undefined) return old;
    let name = '';
    for (let n = known.size + 1; name === '' || taken.has(name); n += 1) name = `req_${real.value}_${n}`;
    taken.add(name);
    byUse.set(use, name);
    known.set(name, { field: real.value, arguments: given });
    addTo(parent, definition, name);
    // What an interface has, everything that implements it must have.
    for (const [other, type] of types) {
      const own = type.interfaces?.some(each => each.name.value === parent) && fieldOf(other, real.value);
      if (own) addTo(other, own, name);
    }
    return name;
  };

  const rewrite = (
    parent: string,
    set: SelectionSetNode,
    reads: Set<string>,
    at: string,
  ): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const inner = selection.typeCondition?.name.value ?? parent;
        return { ...selection, selectionSet: rewrite(inner, selection.selectionSet, reads, at) };
      }
      const definition = fieldOf(parent, selection.name.value);
      if (!definition) return selection;
      const name = definition.arguments?.length
        ? standInFor(parent, selection, definition)
        : selection.name.value;
      reads.add(at + name);
      const inner = selection.selectionSet;
      return {
        ...selection,
        name: nameNode(name),
        arguments: [],
        ...(inner
          ? { selectionSet: rewrite(namedType(definition.type), inner, reads, `${at}${name}.`) }
          : {}),
      };
    }),
  });

  return { known, requirements, rewriteRequires, fieldsOf: (type: string) => added.get(type) ?? [] };
}

/** Without the non-resolvable keys of a subgraph that has a resolvable key of the same type. */
function resolvableKeys(directives: readonly ConstDirectiveNode[]): ConstDirectiveNode[] {
  const isKey = (each: ConstDirectiveNode): boolean =>
    each.name.value === 'join__type' && textOf(each, 'key') !== undefined;
  const reachable = new Set(
    directives.filter(each => isKey(each) && !isFalse(each, 'resolvable')).map(each => textOf(each, 'graph')),
  );
  return directives.filter(
    each => !(isKey(each) && isFalse(each, 'resolvable') && reachable.has(textOf(each, 'graph'))),
  );
}

/** Field names that keys, requirements and provisions of a subgraph still read, by subgraph. */
function usedNames(types: readonly TypeDefinition[]): ReadonlyMap<string, ReadonlySet<string>> {
  const used = new Map<string, Set<string>>();
  const directives = types.flatMap(type => [
    ...(type.directives ?? []),
    ...(type.fields ?? []).flatMap(field => field.directives ?? []),
  ]);
  for (const directive of directives) {
    if (!directive.name.value.startsWith('join__')) continue;
    const graph = textOf(directive, 'graph') ?? '';
    const names = used.get(graph) ?? new Set<string>();
    used.set(graph, names);
    for (const argument of ['key', 'requires', 'provides']) {
      for (const name of textOf(directive, argument)?.match(/\w+/g) ?? []) names.add(name);
    }
  }
  return used;
}

/** Extraction of subgraphs refuses an `@external` that nothing uses; the stand-in has taken its use away. */
function withoutUnusedExternals(
  field: FieldDefinitionNode,
  used: ReadonlyMap<string, ReadonlySet<string>>,
): FieldDefinitionNode {
  const isUnused = (each: ConstDirectiveNode): boolean =>
    each.name.value === 'join__field' &&
    argumentOf(each, 'external')?.kind === Kind.BOOLEAN &&
    !isFalse(each, 'external') &&
    !used.get(textOf(each, 'graph') ?? '')?.has(field.name.value);
  return { ...field, directives: (field.directives ?? []).filter(each => !isUnused(each)) };
}

function argumentOf(directive: ConstDirectiveNode, name: string) {
  return directive.arguments?.find(argument => argument.name.value === name)?.value;
}

function textOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = argumentOf(directive, name);
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

function isFalse(directive: ConstDirectiveNode, name: string): boolean {
  const value = argumentOf(directive, name);
  return value?.kind === Kind.BOOLEAN && !value.value;
}

function withText(directive: ConstDirectiveNode, name: string, value: string): ConstDirectiveNode {
  return {
    ...directive,
    arguments: (directive.arguments ?? []).map(argument =>
      argument.name.value === name ? { ...argument, value: { kind: Kind.STRING, value } } : argument,
    ),
  };
}

function parseSet(text: string): SelectionSetNode {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`not a field set: ${text}`);
  return definition.selectionSet;
}

function printSet(set: SelectionSetNode): string {
  return print(set).replaceAll(/\s+/g, ' ').trim().slice(1, -1).trim();
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function nameNode(value: string): NameNode {
  return { kind: Kind.NAME, value };
}
