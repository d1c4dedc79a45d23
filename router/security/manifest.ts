import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';
import { z } from 'zod';

/** Apollo's persisted query manifest: the operations that the shop's own clients send. */
const manifestShape = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string().min(1).max(256),
      body: z.string().min(1),
      name: z.string(),
      type: z.enum(['query', 'mutation', 'subscription']),
    }),
  ),
});
export type Manifest = z.output<typeof manifestShape>;

/** Reads a manifest; throws when the file is none, or when one id stands for two texts. */
export function readManifest(path: string): Manifest {
  const parsed = manifestShape.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path} is no manifest: ${z.prettifyError(parsed.error)}`);
  const bodies = new Map<string, string>();
  for (const { id, body } of parsed.data.operations) {
    if ((bodies.get(id) ?? body) !== body) throw new Error(`${path}: two operations have the id ${id}`);
    bodies.set(id, body);
  }
  return parsed.data;
}

/**
 * Lists every operation of client documents with the fragments that it uses, printed as graphql-js prints them; the id is the
 * body's SHA-256 in hex. Throws when an operation has no name, or two that differ have the same.
 */
export function makeManifest(sources: readonly string[]): Manifest {
  const operations = new Map<string, Manifest['operations'][number]>();
  for (const document of sources.map(source => parse(source))) {
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const name = definition.name?.value;
      if (name === undefined) throw new Error('an operation without a name cannot be listed');
      const body = print({
        kind: Kind.DOCUMENT,
        definitions: [definition, ...fragmentsOf(definition, document)],
      });
      const listed = {
        id: createHash('sha256').update(body).digest('hex'),
        body,
        name,
        type: definition.operation,
      };
      if ((operations.get(name)?.id ?? listed.id) !== listed.id)
        throw new Error(`two operations are called ${name}`);
      operations.set(name, listed);
    }
  }
  const sorted = [...operations.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { format: 'apollo-persisted-query-manifest', version: 1, operations: sorted };
}

/** The fragments that an operation spreads, directly or through others, by name. */
function fragmentsOf(
  operation: OperationDefinitionNode,
  { definitions }: DocumentNode,
): FragmentDefinitionNode[] {
  const fragments = definitions.filter(each => each.kind === Kind.FRAGMENT_DEFINITION);
  const used = new Set<FragmentDefinitionNode>();
  const look = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.find(each => each.name.value === name.value);
        if (!fragment) throw new Error(`there is no fragment ${name.value}`);
        if (used.has(fragment)) return;
        used.add(fragment);
        look(fragment);
      },
    });
  };
  look(operation);
  return [...used].toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1));
}
