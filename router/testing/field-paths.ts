import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationTypeNode,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** A way from a root to a type: what opens the selection on it, what closes it, and the fields that it passes. */
export type FieldPath = {
  readonly open: string;
  readonly close: string;
  readonly fields: readonly string[];
};

/** The shortest ways from a root type to every object, interface and union below it; required arguments get made-up values. */
export function pathsFrom(
  schema: GraphQLSchema,
  operation: OperationTypeNode,
): ReadonlyMap<string, FieldPath> {
  const root = schema.getRootType(operation);
  return root ? walk(schema, root, { open: `${operation} {`, close: '}', fields: [] }) : new Map();
}

/** The same from within a type. */
export function pathsWithin(schema: GraphQLSchema, type: GraphQLNamedType): ReadonlyMap<string, FieldPath> {
  return walk(schema, type, { open: '', close: '', fields: [] });
}

function walk(schema: GraphQLSchema, from: GraphQLNamedType, start: FieldPath): Map<string, FieldPath> {
  const found = new Map([[from.name, start]]);
  const queue = [from];
  for (let type = queue.shift(); type; type = queue.shift()) {
    const here = found.get(type.name);
    if (!here) continue;
    for (const { next, open, field } of steps(schema, type)) {
      if (found.has(next.name)) continue;
      found.set(next.name, {
        open: `${here.open} ${open} {`,
        close: `} ${here.close}`,
        fields: field === null ? here.fields : [...here.fields, field],
      });
      queue.push(next);
    }
  }
  return found;
}

type Step = { readonly next: GraphQLNamedType; readonly open: string; readonly field: string | null };

function steps(schema: GraphQLSchema, type: GraphQLNamedType): Step[] {
  const narrower: Step[] = isAbstractType(type)
    ? schema.getPossibleTypes(type).map(next => ({ next, open: `... on ${next.name}`, field: null }))
    : [];
  if (!isObjectType(type) && !isInterfaceType(type)) return narrower;
  const fields = Object.values(type.getFields()).flatMap((field): Step[] => {
    const next = getNamedType(field.type);
    return isCompositeType(next) ? [{ next, open: callOf(field), field: `${type.name}.${field.name}` }] : [];
  });
  return [...fields, ...narrower];
}

/** A field with the arguments that it must have. */
export function callOf(field: GraphQLField<unknown, unknown>): string {
  const needed = field.args.filter(
    ({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined,
  );
  const given = needed.map(({ name, type }) => `${name}: ${literal(type)}`);
  return given.length === 0 ? field.name : `${field.name}(${given.join(', ')})`;
}

/** The selection below a field of this type; nothing below leaves. */
export function below(type: GraphQLNamedType): string {
  return isCompositeType(type) ? ' { __typename }' : '';
}

function literal(type: GraphQLInputType): string {
  const bare = getNullableType(type);
  if (isListType(bare)) return `[${literal(bare.ofType)}]`;
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]?.name ?? '';
  if (isInputObjectType(named)) {
    const needed = Object.values(named.getFields()).filter(
      field => isNonNullType(field.type) && field.defaultValue === undefined,
    );
    return `{ ${needed.map(field => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
  }
  if (named.name === 'Int' || named.name === 'Float') return '1';
  if (named.name === 'Boolean') return 'true';
  return named.name === 'DateTime' ? '"2026-01-01T00:00:00.000Z"' : '"1"';
}

/** All object and interface types of the graph itself. */
export function ownTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap())
    .filter(type => isObjectType(type))
    .filter(({ name }) => !name.startsWith('__'));
}
