import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { afterFile } from '#platform/testing/cleanup.ts';

import { makeManifest } from '../security/manifest.ts';
import { startGraph } from '../testing/graph.ts';

const products = [{ id: '1', name: 'Tea' }];
let checkouts = 0;
const resolvers = {
  products: { Query: { products: () => products, product: () => ({ id: '1', name: 'Tea', cost: 3 }) } },
  orders: { Mutation: { checkout: () => ((checkouts += 1), null) } },
};
const shop = await startGraph({ resolvers });
afterFile(() => shop.close());

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const persisted = (hash: string): object => ({ persistedQuery: { version: 1, sha256Hash: hash } });

async function post(url: string, body: object): Promise<{ status: number; body: unknown }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

describe('automatic persisted queries', () => {
  const query = '{ products { id name } }';
  const hash = sha256(query);
  const { url } = shop.router;

  test('a hash is unknown, then sent with its query, then enough', async () => {
    const unknown = await post(url, { extensions: persisted(hash) });
    expect(unknown).toEqual({
      status: 200,
      body: {
        errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
      },
    });
    const answer = { status: 200, body: { data: { products } } };
    expect(await post(url, { query, extensions: persisted(hash) })).toEqual(answer);
    expect(await post(url, { extensions: persisted(hash) })).toEqual(answer);
    const search = new URLSearchParams({ extensions: JSON.stringify(persisted(hash)) });
    const got = await fetch(`${url}?${search.toString()}`, { headers: { 'apollo-require-preflight': '1' } });
    expect([got.status, await got.json()]).toEqual([200, { data: { products } }]);
  });

  test('a query that is not valid is not kept', async () => {
    const wrong = '{ productz { id } }';
    expect((await post(url, { query: wrong, extensions: persisted(sha256(wrong)) })).status).toBe(400);
    expect((await post(url, { extensions: persisted(sha256(wrong)) })).body).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
  });

  test('a hash of another query is refused', async () => {
    const answer = await post(url, { query, extensions: persisted(sha256('{ other }')) });
    expect([answer.status, answer.body]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    ]);
  });
});

test('a safelist answers what it lists, by text and by id, and nothing else, streams included', async () => {
  const listed = 'query Listed {\n  products {\n    id\n  }\n}';
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  const manifest = makeManifest([listed]);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const closed = await startGraph({
    resolvers,
    env: {
      PERSISTED_OPERATIONS_MODE: 'enforce',
      PERSISTED_OPERATIONS_MANIFEST: join(folder, 'manifest.json'),
    },
  });
  afterFile(async () => {
    await closed.close();
    rmSync(folder, { recursive: true });
  });
  const { url } = closed.router;
  const [operation] = manifest.operations;
  const answer = { status: 200, body: { data: { products: [{ id: '1' }] } } };
  expect(await post(url, { query: operation?.body })).toEqual(answer);
  expect(await post(url, { extensions: persisted(operation?.id ?? '') })).toEqual(answer);
  expect(await post(url, { documentId: operation?.id })).toEqual(answer);
  const refused = { status: 400, body: { errors: [{ extensions: { code: 'QUERY_NOT_IN_SAFELIST' } }] } };
  expect(await post(url, { query: '{ products { id name } }' })).toMatchObject(refused);
  expect(await post(`${url}/stream`, { query: '{ products { name } }' })).toMatchObject(refused);
}, 60_000);

test('an operation that the document has not is refused, and nothing is done', async () => {
  const query = 'mutation Buy { checkout(cart: "1") { id } }';
  for (const operationName of ['Other', 'Other', 'x'.repeat(300)]) {
    const answer = await post(shop.router.url, { query, operationName });
    expect(answer.status).toBe(400);
  }
  expect(checkouts).toBe(0);
  expect((await post(shop.router.url, { query, operationName: 'Buy' })).status).toBe(200);
  expect(checkouts).toBe(1);
});

test('limits, shown costs and whole refusals are settings', async () => {
  const strict = await startGraph({
    resolvers,
    env: { ROUTER_MAX_DEPTH: '2', ROUTER_SHOW_COST: 'true', ROUTER_UNAUTHORIZED: 'refuse' },
  });
  afterFile(() => strict.close());
  const { url } = strict.router;
  for (let time = 0; time < 2; time += 1) {
    expect(await post(url, { query: '{ products { id } }' })).toMatchObject({
      status: 200,
      body: {
        data: { products: [{ id: '1' }] },
        extensions: { cost: { estimated: expect.any(Number) as number } },
      },
    });
    expect(await post(url, { query: '{ products { related { related { id } } } }' })).toMatchObject({
      status: 400,
      body: { errors: [{ message: 'Fields may be nested at most 2 levels deep.' }] },
    });
    const refused = await post(url, { query: '{ products { id } product(id: "1") { cost } }' });
    expect(refused).toMatchObject({
      status: 401,
      body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
    expect(refused.body).not.toHaveProperty('data');
  }
}, 60_000);
