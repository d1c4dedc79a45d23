import { existsSync, readFileSync } from 'node:fs';

import { type CodegenConfig } from '@graphql-codegen/cli';
import { Kind, parse } from 'graphql';

type Output = NonNullable<CodegenConfig['generates'][string]>;

const subgraphs = ['users', 'products', 'inventory', 'orders', 'payments', 'notifications'];
const roots = new Set(['Query', 'Mutation', 'Subscription']);

/**
 * What a resolver's parent is, per SDL type. By default any part of the SDL's own shape, so that a reference such as
 * { id } is enough. Where it is a stored row, the subgraph says so in `api/mappers.json`, with paths relative to
 * `api/`: { "Order": "../store/entities.ts#Order as OrderRow" }.
 */
function mappers(name: string): Record<string, string> {
  const { definitions } = parse(readFileSync(`schema/${name}.graphql`, 'utf8'));
  const types = definitions
    .filter(each => each.kind === Kind.OBJECT_TYPE_DEFINITION)
    .map(each => each.name.value);
  const loose = types.filter(type => !roots.has(type)).map(type => [type, 'Partial<{T}>']);
  const file = `subgraphs/${name}/api/mappers.json`;
  const rows = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  return { ...Object.fromEntries(loose), ...rows };
}

const output = (name: string): Output => ({
  schema: `schema/${name}.graphql`,
  plugins: ['typescript', 'typescript-resolvers'],
  config: {
    federation: true,
    useTypeImports: true,
    enumsAsTypes: true,
    immutableTypes: true,
    resolversNonOptionalTypename: { unionMember: true, interfaceImplementingType: true },
    defaultScalarType: 'unknown',
    scalars: {
      ID: 'string',
      // Read as Date by our scalar; may be answered as Date or as RFC 3339 text.
      DateTime: { input: 'Date', output: 'Date | string' },
      Decimal: 'string',
      CurrencyCode: 'string',
      CountryCode: 'string',
    },
    contextType: './context.ts#Context',
    showUnusedMappers: false,
    mappers: mappers(name),
  },
});

const config: CodegenConfig = {
  generates: Object.fromEntries(
    subgraphs.map(name => [`subgraphs/${name}/api/schema.types.ts`, output(name)]),
  ),
};
export default config;
