import { join } from 'node:path';

const installed = join(import.meta.dirname, '../tools/node_modules');

/** Where the deployment tools lie once `npm ci` has run in deploy/tools. */
export const tools = {
  rover: join(installed, '@apollo', 'rover-linux-x64', 'rover'),
};
