import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the other routers have a package of their own; they run there. */
export const peersFolder = fileURLToPath(new URL('peers', import.meta.url));
/** Hive Gateway's program. */
export const hiveProgram = join(peersFolder, 'node_modules/@graphql-hive/gateway/dist/bin.js');

/** What Node is given to run Hive Gateway as one process upon a supergraph's file. */
export const hiveArguments = (supergraphPath: string, port: number): string[] => [
  hiveProgram,
  'supergraph',
  supergraphPath,
  '--host',
  '127.0.0.1',
  '--port',
  String(port),
  '--fork',
  '1',
];
