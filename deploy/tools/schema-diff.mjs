import { readFileSync } from 'node:fs';

import { diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

// {before, after} on standard input, both SDL; what changed for clients on standard output.
const { before, after } = JSON.parse(readFileSync(0, 'utf8'));
const changes = await diff(buildSchema(before), buildSchema(after));
process.stdout.write(
  JSON.stringify(
    changes.map(({ type, path = null, message, criticality }) => ({
      type,
      path,
      message,
      isBreaking: criticality.level === 'BREAKING',
    })),
  ),
);
