import { readFileSync } from 'node:fs';

import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  buildASTSchema,
  extendSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  parse,
} from 'graphql';

import { type Subgraph } from '#schema/events.ts';

/** A subgraph's SDL as a plain schema, its directives kept on the nodes. */
export function subgraphSchema(name: Subgraph): GraphQLSchema {
  const document = parse(readFileSync(`schema/${name}.graphql`, 'utf8'));
  const definitions = document.definitions.filter(d => d.kind !== 'SchemaExtension');
  const base = buildASTSchema({ ...document, definitions }, { assumeValidSDL: true });
  return extendSchema(base, parse('extend type Query { _: Boolean }'), { assumeValidSDL: true });
}

/** A made-up but well-formed value of an input type: ids that belong to nobody. */
export function madeUp(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return madeUp(type.ofType);
  if (isListType(type)) return [madeUp(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(field => isNonNullType(field.type));
    return Object.fromEntries(required.map(field => [field.name, madeUp(field.type)]));
  }
  const values: Record<string, unknown> = {
    ID: '01939c2e-0000-7000-8000-00000000dead',
    Int: 1,
    Float: 1,
    Boolean: true,
    DateTime: '2026-11-22T00:00:00Z',
    CurrencyCode: 'EUR',
    CountryCode: 'DE',
    Decimal: '1.00',
  };
  return values[type.name] ?? 'x';
}

/** The shortest operation that asks for one root field, with made-up arguments. */
export function shortest(
  root: 'query' | 'mutation' | 'subscription',
  field: GraphQLField<unknown, unknown>,
): { text: string; variables: Record<string, unknown> } {
  const needed = field.args.filter(argument => isNonNullType(argument.type));
  const named = getNamedType(field.type);
  let selection = '';
  if (isUnionType(named)) selection = '{ __typename }';
  else if (isObjectType(named)) {
    const leaf = Object.values(named.getFields()).find(
      each => isLeafType(getNamedType(each.type)) && !each.args.some(a => isNonNullType(a.type)),
    );
    selection = `{ ${leaf?.name ?? '__typename'} }`;
  }
  const heads = needed.map(argument => `$${argument.name}: ${String(argument.type)}`);
  const args = needed.map(argument => `${argument.name}: $${argument.name}`);
  const text = `${root}${heads.length > 0 ? `(${heads.join(', ')})` : ''} { ${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''} ${selection} }`;
  return {
    text,
    variables: Object.fromEntries(needed.map(argument => [argument.name, madeUp(argument.type)])),
  };
}
