import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { z } from 'zod';

/** An operation of a persisted query list. */
const operationShape = z.object({ id: z.string(), body: z.string(), name: z.string(), type: z.string() });
export type ListedOperation = z.output<typeof operationShape>;

const contentShape = z.object({
  subgraphs: z.record(z.string(), z.object({ url: z.string(), sdl: z.string(), updatedAt: z.string() })),
  operations: z.array(operationShape),
  /** How often the persisted query list has changed. */
  revision: z.number(),
});

/** What has been published to one variant of a graph. */
export type Published = z.output<typeof contentShape>;
export const nothingPublished: Published = { subgraphs: {}, operations: [], revision: 0 };

/** Keeps what is published. */
export type RegistryStore = {
  read(): Published;
  write(next: Published): void;
};

/** Keeps it in a file, which a write replaces as a whole. */
export function openFileStore(path: string, first: Published): RegistryStore {
  return {
    read: () => (existsSync(path) ? contentShape.parse(JSON.parse(readFileSync(path, 'utf8'))) : first),
    write: next => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.next`, JSON.stringify(next, null, 2));
      renameSync(`${path}.next`, path);
    },
  };
}
