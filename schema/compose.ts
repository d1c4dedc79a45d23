import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { composeServices } from '@apollo/composition';
import { type DocumentNode, type FieldDefinitionNode, type GraphQLError, Kind, parse, visit } from 'graphql';

type Part = { readonly name: string; readonly url: string; readonly file: string };
type Composed = {
  readonly supergraph: string | null;
  readonly errors: readonly string[];
  readonly hints: readonly string[];
};

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const supergraphFile = join(root, 'schema/supergraph.graphql');

/**
 * Reads the subgraphs of rover.yaml: name, routing_url and schema.file of each, in the file's order.
 * Only the plain block style that this file is written in is understood; anything else is an error, never skipped.
 */
export function readParts(yaml: string): Part[] {
  const parts: { name: string; url?: string; file?: string }[] = [];
  for (const [index, line] of yaml.split('\n').entries()) {
    const [, indent = '', key = '', value = ''] = /^( *)([\w-]+):\s*(\S*)\s*$/.exec(line) ?? [];
    const part = parts.at(-1);
    if (/^\s*(#.*)?$/.test(line) || ['federation_version', 'subgraphs', 'schema'].includes(key)) continue;
    if (indent.length === 2 && key !== '' && value === '') parts.push({ name: key });
    else if (part && key === 'routing_url') part.url = value;
    else if (part && key === 'file') part.file = value;
    else throw new Error(`rover.yaml, line ${index + 1}: cannot read "${line.trim()}"`);
  }
  return parts.map(({ name, url, file }) => {
    if (url === undefined || file === undefined)
      throw new Error(`rover.yaml: ${name} needs routing_url and schema.file`);
    return { name, url, file };
  });
}

/** Composes the subgraphs that rover.yaml names. Composition errors come back as text, ready to print. */
export function compose(): Composed {
  const parts = readParts(readFileSync(join(root, 'rover.yaml'), 'utf8'));
  const services = parts.map(({ name, url, file }) => ({
    name,
    url,
    typeDefs: parse(readFileSync(join(root, file), 'utf8')),
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

function main(check: boolean): number {
  const { supergraph, errors, hints } = compose();
  for (const line of [...hints, ...errors]) process.stderr.write(`${line}\n`);
  if (supergraph === null) {
    process.stderr.write(
      `composition failed with ${errors.length} error(s); schema/supergraph.graphql is unchanged\n`,
    );
    return 1;
  }
  const stale = readIfThere(supergraphFile) !== supergraph;
  if (check && stale) {
    process.stderr.write('schema/supergraph.graphql is stale: run `npm run compose` and commit the result\n');
    return 1;
  }
  if (stale) writeFileSync(supergraphFile, supergraph);
  process.stdout.write(
    stale ? 'schema/supergraph.graphql written\n' : 'schema/supergraph.graphql is up to date\n',
  );
  return 0;
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
