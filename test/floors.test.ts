import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Known-bad files in a house of their own: the linter's floors must refuse each, and must not refuse the good ones.
let house: string;
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'floors-'));
  cpSync('.oxlintrc.json', join(house, '.oxlintrc.json'));
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

const lint = (file: string, source: string): string => {
  const path = join(house, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, source);
  const { stdout } = spawnSync('oxlint', ['--format', 'json', file], { cwd: house, encoding: 'utf8' });
  rmSync(path);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
  return diagnostics.map(each => each.code).join(' ');
};

describe('a forbidden import is refused', () => {
  test.each([
    ['domain', 'the store', "import { orders } from '../store/orders.ts';\nexport const x = orders;"],
    [
      'domain',
      'the platform beyond errors and money',
      "import { rows } from '#platform/database.ts';\nexport const x = rows;",
    ],
    ['domain', 'Node', "import { randomUUID } from 'node:crypto';\nexport const x = randomUUID;"],
    ['domain', 'a library', "import { z } from 'zod';\nexport const x = z;"],
    ['store', 'an action', "import { place } from '../actions/place-order.ts';\nexport const x = place;"],
    ['store', 'graphql', "import { parse } from 'graphql';\nexport const x = parse;"],
    ['clients', 'the store', "import { orders } from '../store/orders.ts';\nexport const x = orders;"],
    ['actions', 'the API', "import { resolvers } from '../api/resolvers.ts';\nexport const x = resolvers;"],
    ['actions', 'the composition root', "import { start } from '../service.ts';\nexport const x = start;"],
    ['actions', 'the provider', "import Stripe from 'stripe';\nexport const x = Stripe;"],
    ['api', 'a client', "import { stripe } from '../clients/stripe.ts';\nexport const x = stripe;"],
    [
      'api',
      'another subgraph',
      "import { users } from '../../users/store/users.ts';\nexport const x = users;",
    ],
    [
      'store',
      'another subgraph, deep',
      "import { users } from '../../../subgraphs/users/store/users.ts';\nexport const x = users;",
    ],
  ])('%s may not import %s', (room, _what, source) => {
    expect(lint(`subgraphs/orders/${room}/bad.ts`, source)).toContain('no-restricted-imports');
  });

  test.each([
    ['platform/bad.ts', "import { events } from '#schema/events.ts';\nexport const x = events;"],
    ['platform/bad.ts', "import { start } from '../subgraphs/orders/service.ts';\nexport const x = start;"],
    ['schema/bad.ts', "import { rows } from '#platform/database.ts';\nexport const x = rows;"],
    ['router/bad.ts', "import { start } from '../subgraphs/orders/service.ts';\nexport const x = start;"],
  ])('%s stays on its floor', (file, source) => {
    expect(lint(file, source)).toContain('no-restricted-imports');
  });
});

describe('house rules bite', () => {
  test.each([
    [
      'process.env outside main.ts',
      'platform/bad.ts',
      'export const x = process.env.SECRET;',
      'no-process-env',
    ],
    ['a default export', 'platform/bad.ts', 'export default 1;', 'no-default-export'],
    ['any', 'platform/bad.ts', 'export const x = (y: any): unknown => y;', 'no-explicit-any'],
    ['console', 'platform/bad.ts', "console.log('x');\nexport {};", 'no-console'],
    [
      'five parameters',
      'platform/bad.ts',
      'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1): number => a + b + c + d + e;',
      'max-params',
    ],
    ['a file that is not kebab-case', 'platform/BadName.ts', 'export const x = 1;', 'filename-case'],
  ])('%s', (_what, file, source, rule) => {
    expect(lint(file, source)).toContain(rule);
  });
});

test('what is allowed passes', () => {
  const good =
    "import { invalid } from '#platform/errors.ts';\n\nimport { total } from './pricing.ts';\n\nexport const x = [invalid, total];";
  expect(lint('subgraphs/orders/domain/good.ts', good)).toBe('');
  const action =
    "import { cancel } from '../domain/order.ts';\nimport { orders } from '../store/orders.ts';\n\nexport const x = [cancel, orders];";
  expect(lint('subgraphs/orders/actions/good.ts', action)).toBe('');
});
