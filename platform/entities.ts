import { type GraphQLSchema, defaultFieldResolver, isUnionType } from 'graphql';

import { badInput } from './graphql-errors.ts';

/** How many entities one request may ask for. */
const maxRepresentations = 1_000;
const longestKey = 255;
/** The fields that our schemas' @key directives name. */
const keys = ['id', 'sku', 'slug', 'number'];

/** Puts checks in front of `_entities`: what it gets is any JSON, and no resolver should have to expect that. */
export function guardEntities(schema: GraphQLSchema): void {
  const union = schema.getType('_Entity');
  const field = schema.getQueryType()?.getFields()['_entities'];
  if (!field || !isUnionType(union)) return;
  const types = new Set(union.getTypes().map(type => type.name));
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args: { representations: readonly unknown[] }, context, info) => {
    if (args.representations.length > maxRepresentations)
      throw badInput(`At most ${maxRepresentations} entities can be asked for at once.`);
    if (!args.representations.every(each => isRepresentation(each, types)))
      throw badInput('A representation needs the name of an entity type and keys of text.');
    return resolve(source, args, context, info) as unknown;
  };
}

function isRepresentation(value: unknown, types: ReadonlySet<string>): boolean {
  if (value === null || typeof value !== 'object') return false;
  const { __typename: type, ...rest } = value as Record<string, unknown>;
  if (typeof type !== 'string' || !types.has(type)) return false;
  const given = keys.filter(key => key in rest);
  return given.length > 0 && given.every(key => isKey(rest[key]));
}

function isKey(value: unknown): boolean {
  return typeof value === 'string' && value.length <= longestKey && !value.includes('\0');
}
