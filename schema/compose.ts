import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { composeServices } from '@apollo/composition';
import { type DocumentNode, type FieldDefinitionNode, type GraphQLError, Kind, parse, visit } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

import { variantOf } from './variants.ts';

type Composed = {
  readonly supergraph: string | null;
  readonly errors: readonly string[];
  readonly hints: readonly string[];
};

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const roverConfig = z.strictObject({
  federation_version: z.string(),
  subgraphs: z.record(
    z.string(),
    z.strictObject({ routing_url: z.url(), schema: z.strictObject({ file: z.string() }) }),
  ),
});
const tags = z.array(z.string()).default([]);
const variants = z.record(z.string(), z.strictObject({ include: tags, exclude: tags }));

/** Composes the subgraphs that rover.yaml names. Composition errors come back as text, ready to print. */
export function compose(): Composed {
  const { subgraphs } = roverConfig.parse(readYaml('rover.yaml'));
  const services = Object.entries(subgraphs).map(([name, { routing_url: url, schema }]) => ({
    name,
    url,
    typeDefs: parse(readFileSync(join(root, schema.file), 'utf8')),
  }));
  const result = composeServices(withOwnersDescriptions(services));
  if (result.errors) return { supergraph: null, errors: result.errors.map(describe), hints: [] };
  const hints = result.hints.map(hint => `hint ${hint.definition.code}: ${hint.message}`);
  return { supergraph: `${result.supergraphSdl.trimEnd()}\n`, errors: [], hints };
}

type Service = { readonly name: string; readonly url: string; readonly typeDefs: DocumentNode };

/**
 * Clients read one description per type and field. Where several subgraphs define a type, the one with the most fields owns it
 * and speaks; the others' words about the same thing are for their own readers and stay out of the supergraph.
 */
function withOwnersDescriptions(services: readonly Service[]): Service[] {
  const owners = new Map<string, { readonly service: string; readonly fields: ReadonlySet<string> }>();
  for (const { name, typeDefs } of services) {
    for (const type of typeDefs.definitions) {
      if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
      const fields = new Set(type.fields?.map(field => field.name.value));
      if (fields.size > (owners.get(type.name.value)?.fields.size ?? 0))
        owners.set(type.name.value, { service: name, fields });
    }
  }
  return services.map(service => ({
    ...service,
    typeDefs: visit(service.typeDefs, {
      ObjectTypeDefinition: ({ description: _description, ...type }) => {
        const owner = owners.get(type.name.value);
        if (!owner || owner.service === service.name) return undefined;
        return {
          ...type,
          fields:
            type.fields?.map(field =>
              owner.fields.has(field.name.value) ? withoutDescription(field) : field,
            ) ?? [],
        };
      },
    }),
  }));
}

function withoutDescription({
  description: _description,
  ...field
}: FieldDefinitionNode): FieldDefinitionNode {
  return field;
}

function describe(error: GraphQLError): string {
  return `error ${String(error.extensions['code'] ?? 'INVALID_GRAPHQL')}: ${error.message}`;
}

/** Every file that composition makes, with its text. Throws when a variant's filter leaves no valid API. */
function filesOf(supergraph: string): Map<string, string> {
  const files = new Map([['schema/supergraph.graphql', supergraph]]);
  for (const [name, filter] of Object.entries(variants.parse(readYaml('schema/variants.yaml')))) {
    try {
      files.set(`schema/supergraph-${name}.graphql`, variantOf(supergraph, filter));
    } catch (error) {
      throw new Error(`variant ${name}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
  return files;
}

function main(check: boolean): number {
  const { supergraph, errors, hints } = compose();
  for (const line of [...hints, ...errors]) process.stderr.write(`${line}\n`);
  if (supergraph === null) {
    process.stderr.write(
      `composition failed with ${errors.length} error(s); schema/supergraph.graphql is unchanged\n`,
    );
    return 1;
  }
  const files = [...filesOf(supergraph)];
  const stale = files.filter(([file, text]) => readIfThere(join(root, file)) !== text);
  for (const [file, text] of stale) {
    if (check) process.stderr.write(`${file} is stale: run \`npm run compose\` and commit the result\n`);
    else writeFileSync(join(root, file), text);
  }
  if (check && stale.length > 0) return 1;
  for (const [file, text] of files)
    process.stdout.write(
      `${file} ${stale.some(([, each]) => each === text) ? 'written' : 'is up to date'}\n`,
    );
  return 0;
}

function readYaml(file: string): unknown {
  return parseYaml(readFileSync(join(root, file), 'utf8'));
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = main(process.argv.includes('--check'));
