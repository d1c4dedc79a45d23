import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph, errorCauses } from '@apollo/federation-internals';
import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  type TypeDefinitionNode,
  type TypeNode,
  isTypeDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';

/** Names of `@tag`. No `include` keeps all that is not excluded; with it, fields and unions need one of these tags. */
export type Filter = { readonly include: readonly string[]; readonly exclude: readonly string[] };

/** Everything that can be hidden: types and what stands in them. The nodes of one document stand for themselves. */
type Element = {
  readonly kind: Kind;
  readonly directives?: readonly DirectiveNode[] | undefined;
};

const inaccessible: ConstDirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'inaccessible' },
};
const tagIdentity = 'https://specs.apollo.dev/tag';
const inaccessibleLink = 'https://specs.apollo.dev/inaccessible/v0.2';
const inaccessibleDefinition = `extend schema @link(url: "${inaccessibleLink}", for: SECURITY)
  directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION`;

/**
 * Makes a contract variant of a supergraph: the same graph, with what the filter leaves out marked `@inaccessible`. The planner
 * still uses it; clients see an API without it. Throws with every reason when what is left is no valid API, for example
 * because a field that stays answers a type that goes.
 */
export function variantOf(supergraph: string, filter: Filter): string {
  const source = parse(supergraph, { noLocation: true });
  const types = source.definitions
    .filter(isTypeDefinitionNode)
    .filter(type => !type.name.value.includes('__'));
  const tag = tagNameIn(supergraph);
  refuseUnknown(filter, source, tag);
  const hidden = leftOut(types, filter, tag);
  const reachable = reachableTypes(source, types, hidden);
  for (const type of types) if (!reachable.has(type.name.value)) hidden.add(type);
  const marked: DocumentNode = visit(source, {
    enter: node => {
      if (!hidden.has(node) || !('directives' in node) || isMarked(node)) return undefined;
      return { ...node, directives: [...(node.directives ?? []), inaccessible] };
    },
  });
  const text = `${print(withInaccessible(marked)).trimEnd()}\n`;
  try {
    Supergraph.build(text, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES }).apiSchema();
  } catch (error) {
    const causes = error instanceof Error ? errorCauses(error) : undefined;
    if (!causes) throw error;
    throw new Error(causes.map(cause => cause.message).join('\n'), { cause: error });
  }
  return text;
}

/** A tag that nothing has is misspelt: what it was to hide would be shown to everybody. */
function refuseUnknown({ include, exclude }: Filter, document: DocumentNode, tag: string): void {
  const used = new Set<string>();
  visit(document, {
    enter: node => {
      if ('directives' in node) for (const value of valuesOf(node, tag)) used.add(value);
    },
  });
  const unknown = [...include, ...exclude].find(wanted => !used.has(wanted));
  if (unknown !== undefined) throw new Error(`nothing in the graph has the tag "${unknown}"`);
}

/** What the filter itself hides, and types of which nothing is left. A type's tags count for all of its fields. */
function leftOut(
  types: readonly TypeDefinitionNode[],
  { include, exclude }: Filter,
  tag: string,
): Set<Element> {
  const tagsOf = (element: Element): string[] => valuesOf(element, tag);
  const hidden = new Set<Element>();
  const excluded = (tags: readonly string[]): boolean => tags.some(tag => exclude.includes(tag));
  const kept = (tags: readonly string[]): boolean =>
    !excluded(tags) && (include.length === 0 || tags.some(tag => include.includes(tag)));
  const hideUnless = (keeps: boolean, element: Element): void => {
    if (!keeps || isMarked(element)) hidden.add(element);
  };
  const hideEmpty = (type: Element, parts: readonly Element[]): void => {
    if (parts.length > 0 && parts.every(part => hidden.has(part))) hidden.add(type);
  };
  for (const type of types) {
    const tags = tagsOf(type);
    hideUnless(type.kind === Kind.UNION_TYPE_DEFINITION ? kept(tags) : !excluded(tags), type);
    if (type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const field of type.fields ?? []) {
        hideUnless(kept([...tags, ...tagsOf(field)]), field);
        for (const argument of field.arguments ?? []) hideUnless(!excluded(tagsOf(argument)), argument);
      }
      hideEmpty(type, type.fields ?? []);
    }
    const parts =
      type.kind === Kind.ENUM_TYPE_DEFINITION
        ? type.values
        : type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION
          ? type.fields
          : [];
    for (const part of parts ?? []) hideUnless(!excluded(tagsOf(part)), part);
    hideEmpty(type, parts ?? []);
  }
  return hidden;
}

/** Names of the types that clients can still come to: from the root types, through what is not hidden. */
function reachableTypes(
  source: DocumentNode,
  types: readonly TypeDefinitionNode[],
  hidden: ReadonlySet<Element>,
): Set<string> {
  const byName = new Map(types.map(type => [type.name.value, type]));
  const seen = new Set<string>();
  const expanded = new Set<string>();
  const reach = (name: string): void => {
    const type = byName.get(name);
    if (!type || seen.has(name) || hidden.has(type)) return;
    seen.add(name);
    if ('interfaces' in type) for (const parent of type.interfaces ?? []) reach(parent.name.value);
    if (type.kind === Kind.UNION_TYPE_DEFINITION)
      for (const member of type.types ?? []) reach(member.name.value);
    if (!('fields' in type)) return;
    for (const field of type.fields ?? []) {
      if (hidden.has(field)) continue;
      answer(nameOf(field.type));
      if (field.kind !== Kind.FIELD_DEFINITION) continue;
      for (const argument of field.arguments ?? []) if (!hidden.has(argument)) reach(nameOf(argument.type));
    }
  };
  /** What answers an interface may be each of its implementations; what only implements it leads to none of the others. */
  const answer = (name: string): void => {
    reach(name);
    if (!seen.has(name) || expanded.has(name)) return;
    expanded.add(name);
    for (const type of types)
      if ('interfaces' in type && type.interfaces?.some(parent => parent.name.value === name))
        answer(type.name.value);
  };
  for (const definition of source.definitions) for (const root of rootsOf(definition)) reach(root);
  return seen;
}

function rootsOf(definition: DefinitionNode): string[] {
  if (definition.kind === Kind.SCHEMA_DEFINITION)
    return definition.operationTypes.map(({ type }) => type.name.value);
  // What clients may give to a directive of their documents has to have a type.
  if (definition.kind === Kind.DIRECTIVE_DEFINITION && !definition.name.value.includes('__'))
    return definition.arguments?.map(({ type }) => nameOf(type)) ?? [];
  return [];
}

function withInaccessible(source: DocumentNode): DocumentNode {
  const known = source.definitions.some(
    each => each.kind === Kind.DIRECTIVE_DEFINITION && each.name.value === 'inaccessible',
  );
  if (known) return source;
  const [link, definition] = parse(inaccessibleDefinition, { noLocation: true }).definitions;
  const links = link?.kind === Kind.SCHEMA_EXTENSION ? (link.directives ?? []) : [];
  const definitions = source.definitions.map(each =>
    each.kind === Kind.SCHEMA_DEFINITION
      ? { ...each, directives: [...(each.directives ?? []), ...links] }
      : each,
  );
  return { ...source, definitions: definition ? [...definitions, definition] : definitions };
}

/** What the supergraph calls `@tag`: subgraphs may import it under another name. */
function tagNameIn(supergraph: string): string {
  const { schema } = Supergraph.build(supergraph, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  return schema.coreFeatures?.getByIdentity(tagIdentity)?.directiveNameInSchema('tag') ?? 'tag';
}

function valuesOf({ directives }: Element, name: string): string[] {
  return (directives ?? [])
    .filter(directive => directive.name.value === name)
    .flatMap(({ arguments: given }) => given ?? [])
    .map(({ value }) => (value.kind === Kind.STRING ? value.value : ''));
}

function isMarked({ directives }: Element): boolean {
  return directives?.some(directive => directive.name.value === inaccessible.name.value) ?? false;
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
