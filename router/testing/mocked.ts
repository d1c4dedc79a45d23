import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';

/** Resolvers for every field of a subgraph that give values by type: the same ones for the same field each time. */
export function mockedResolvers(sdl: string): object {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl) }]);
  const resolvers: Record<string, Record<string, unknown>> = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('_') || !isObjectType(type)) continue;
    const fields: Record<string, unknown> = {};
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue;
      const value = outputOf(field.type, schema, `${type.name}.${field.name}`);
      if (type.name === 'Subscription') continue;
      // An entity keeps the key by which it was asked for.
      fields[field.name] = (parent: Record<string, unknown> | null | undefined) =>
        parent?.[field.name] ?? value;
    }
    const root = ['Query', 'Mutation', 'Subscription'].includes(type.name);
    resolvers[type.name] = root ? fields : { ...fields, __resolveReference: (entity: object) => entity };
  }
  return resolvers;
}

function outputOf(type: GraphQLOutputType, schema: GraphQLSchema, seed: string): unknown {
  if (!isNonNullType(type) && seed.length % 7 === 0) return null;
  const plain = getNullableType(type);
  if (isListType(plain)) {
    const item: unknown = plain.ofType;
    return [1, 2].map(nth => outputOf(item as GraphQLOutputType, schema, `${seed} ${nth}`));
  }
  if (isAbstractType(plain)) return { __typename: schema.getPossibleTypes(plain)[0]?.name };
  if (isObjectType(plain)) return { __typename: plain.name };
  return leafOf(plain, seed);
}

/** A value that a variable of this type may have. */
export function inputOf(type: GraphQLInputType, seed: string): unknown {
  const plain = getNullableType(type);
  if (isListType(plain)) return [inputOf(plain.ofType as GraphQLInputType, seed)];
  if (isInputObjectType(plain))
    return Object.fromEntries(
      Object.values(plain.getFields())
        .filter(field => isNonNullType(field.type))
        .map(field => [field.name, inputOf(field.type, field.name)]),
    );
  return leafOf(plain, seed);
}

function leafOf(type: unknown, seed: string): unknown {
  if (isEnumType(type)) return type.getValues()[0]?.name;
  switch (String(type)) {
    case 'Int':
      return 1 + (seed.length % 9);
    case 'Float':
      return seed.length + 0.5;
    case 'Boolean':
      return seed.length % 2 === 0;
    case 'DateTime':
      return '2026-11-22T12:00:00.000Z';
    default:
      return `${seed.replaceAll(/\W/g, '-')}`;
  }
}
