import { existsSync, readFileSync } from 'node:fs';
import { type CodegenConfig } from '@graphql-codegen/cli';

type Output = NonNullable<CodegenConfig['generates'][string]>;

const subgraphs = ['users', 'products', 'inventory', 'orders', 'payments', 'notifications'];

/**
 * Where a resolver's parent is a stored row instead of the SDL's own shape, the subgraph says so in
 * `api/mappers.json`: { "Order": "../store/entities.ts#Order as OrderRow" } (paths relative to `api/`).
 */
function mappers(name: string): Record<string, string> {
  const file = `subgraphs/${name}/api/mappers.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
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
    // A reference such as { id } is enough: field resolvers, or other subgraphs, add the rest.
    defaultMapper: 'Partial<{T}>',
    mappers: mappers(name),
  },
});

// `npm run codegen -- orders` is not offered: all six take two seconds, and one file may never lag behind.
const config: CodegenConfig = {
  generates: Object.fromEntries(subgraphs.map(name => [`subgraphs/${name}/api/schema.types.ts`, output(name)])),
};
export default config;
