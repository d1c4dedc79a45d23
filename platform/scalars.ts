import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

const refuse = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
};

function textScalar(
  name: string,
  valid: (text: string) => boolean,
  hint: string,
): GraphQLScalarType<string, string> {
  const check = (value: unknown): string =>
    typeof value === 'string' && valid(value) ? value : refuse(`${name} expects ${hint}`);
  return new GraphQLScalarType<string, string>({
    name,
    serialize: value => String(value),
    parseValue: check,
    parseLiteral: (node: ValueNode) => check(node.kind === Kind.STRING ? node.value : undefined),
  });
}

const isoDate = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

function parseDate(value: unknown): Date {
  const date = typeof value === 'string' && isoDate.test(value) ? new Date(value) : null;
  if (date === null || Number.isNaN(date.getTime()))
    return refuse('DateTime expects RFC 3339 text such as 2026-11-22T20:15:00Z');
  return date;
}

/** The custom scalars of all subgraphs. */
export const scalars: Readonly<Record<string, GraphQLScalarType>> = {
  DateTime: new GraphQLScalarType<Date, string>({
    name: 'DateTime',
    serialize: value => (value instanceof Date ? value : new Date(String(value))).toISOString(),
    parseValue: parseDate,
    parseLiteral: (node: ValueNode) => parseDate(node.kind === Kind.STRING ? node.value : undefined),
  }),
  Decimal: textScalar(
    'Decimal',
    text => /^-?\d{1,15}(\.\d{1,12})?$/.test(text),
    'a decimal number as a string, such as "12.30"',
  ),
  CurrencyCode: textScalar('CurrencyCode', text => /^[A-Z]{3}$/.test(text), 'an ISO 4217 code such as EUR'),
  CountryCode: textScalar(
    'CountryCode',
    text => /^[A-Z]{2}$/.test(text),
    'an ISO 3166-1 alpha-2 code such as DE',
  ),
};
