import {
  type ASTNode,
  type GraphQLFieldMap,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
  Kind,
  OperationTypeNode,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  parse,
} from 'graphql';
import { LRUCache } from 'lru-cache';

/** The Cache-Control of an answer without errors to a query; null: it may not be kept. */
export type CacheHints = (query: unknown) => string | null;

const MAX_QUERIES = 2_000;
const LONGEST_QUERY = 50_000;
const guards = new Set(['authenticated', 'requiresScopes', 'policy']);

/**
 * Works out from `@cacheControl(maxAge:)` what may be kept: the least of all marks that a query meets. Fields of Query and of
 * entities need a mark, of their own or of their type; values inherit. Whatever needs a right, and whatever is not marked,
 * keeps the whole answer from being kept. Null: the schema marks nothing.
 */
export function createCacheHints(schema: GraphQLSchema): CacheHints | null {
  if (!schema.getDirective('cacheControl')) return null;
  const known = new LRUCache<string, { readonly header: string | null }>({ max: MAX_QUERIES });
  return query => {
    if (typeof query !== 'string' || query.length > LONGEST_QUERY) return null;
    let found = known.get(query);
    if (!found) {
      const maxAge = leastMaxAge(query, schema);
      known.set(query, (found = { header: maxAge > 0 ? `public, max-age=${maxAge}` : null }));
    }
    return found.header;
  };
}

/** Seconds; 0: it may not be kept. */
function leastMaxAge(query: string, schema: GraphQLSchema): number {
  const { definitions } = parse(query, { noLocation: true });
  const fragments = new Map(
    definitions.flatMap(each =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const operations = definitions.filter(each => each.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  const root = schema.getQueryType();
  if (!operation || !root || operations.length > 1 || operation.operation !== OperationTypeNode.QUERY)
    return 0;

  const below = (set: SelectionSetNode, parent: GraphQLNamedType, inherited: number): number =>
    set.selections.reduce((least, each) => {
      if (least === 0) return 0;
      if (each.kind === Kind.FIELD)
        return Math.min(least, field(each.name.value, each.selectionSet, { parent, inherited }));
      const fragment = each.kind === Kind.FRAGMENT_SPREAD ? fragments.get(each.name.value) : each;
      const on = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent;
      return fragment && on ? Math.min(least, below(fragment.selectionSet, on, ofType(on, inherited))) : 0;
    }, inherited);

  const field = (
    name: string,
    set: SelectionSetNode | undefined,
    { parent, inherited }: { readonly parent: GraphQLNamedType; readonly inherited: number },
  ): number => {
    if (name === '__typename') return inherited;
    // Its fragments say which entities.
    if (name === '_entities') return set ? below(set, parent, Number.POSITIVE_INFINITY) : 0;
    const fields: GraphQLFieldMap<unknown, unknown> =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
    const found = fields[name];
    if (!found) return 0;
    const type = getNamedType(found.type);
    if (guarded(found.astNode) || guarded(type.astNode)) return 0;
    const own = markOf(found.astNode);
    // What nothing says of a root field's answer is not known.
    const kept = own ?? (parent === root ? (markOf(type.astNode) ?? 0) : inherited);
    const here = isLeafType(type) || own !== null ? kept : ofType(type, kept);
    return set ? below(set, type, here) : here;
  };

  const least = below(operation.selectionSet, root, Number.POSITIVE_INFINITY);
  return Number.isFinite(least) ? least : 0;
}

/** What a type's mark makes of what is inherited; entities without one may not be kept. */
function ofType(type: GraphQLNamedType, inherited: number): number {
  const { astNode } = type;
  if (guarded(astNode)) return 0;
  const mark = markOf(astNode);
  if (mark !== null) return Math.min(inherited, mark);
  if (!isObjectType(type)) return isLeafType(type) ? inherited : 0;
  return (astNode?.directives ?? []).some(({ name }) => name.value === 'key') ? 0 : inherited;
}

type Marked = ASTNode | null | undefined;

function directivesOf(node: Marked) {
  return node && 'directives' in node ? (node.directives ?? []) : [];
}

function markOf(node: Marked): number | null {
  const mark = directivesOf(node).find(({ name }) => name.value === 'cacheControl');
  const value = mark?.arguments?.find(({ name }) => name.value === 'maxAge')?.value;
  return value?.kind === Kind.INT ? Number(value.value) : null;
}

function guarded(node: Marked): boolean {
  return directivesOf(node).some(({ name }) => guards.has(name.value));
}
