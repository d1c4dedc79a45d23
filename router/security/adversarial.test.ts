import { readFileSync } from 'node:fs';

import { parse, specifiedRules, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { loadSupergraph } from '../supergraph/supergraph.ts';
import { type Hostile, hostileDocuments } from '../testing/hostile-documents.ts';
import { type MockShop, startMockShop } from '../testing/mock-shop.ts';

const sdl = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const supergraph = await loadSupergraph(sdl);
const { apiSchema } = supergraph;
const all = hostileDocuments(supergraph);

/** Refusals are the client's fault, and say so. */
const refusals = new Set([
  'BAD_REQUEST', 'BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'QUERY_TOO_EXPENSIVE',
  'OPERATION_RESOLUTION_FAILURE',
]); // prettier-ignore
/** What an answer may say beside its data. */
const answers = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);

describe('hostile documents over our own graph', () => {
  let shop: MockShop;
  beforeAll(async () => {
    shop = await startMockShop({ RATE_LIMIT_ENABLED: 'false' });
  });
  afterAll(() => shop.close());

  const send = async ({ body }: Hostile) => {
    const response = await fetch(shop.router.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { data, errors } = (await response.json()) as {
      data?: unknown;
      errors?: { extensions: { code: string } }[];
    };
    return { status: response.status, data, codes: (errors ?? []).map(error => error.extensions.code) };
  };

  test('are more than a hundred, and what is to be refused for its size is valid otherwise', () => {
    expect(all.length).toBeGreaterThan(150);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { name, body } of all) {
      if (!/doubling|nesting|levels|and back|overlapping|conditions|everything|pages of/.test(name)) continue;
      const document = parse((JSON.parse(body) as { query: string }).query);
      expect(
        validate(apiSchema, document, specifiedRules).map(({ message }) => message),
        name,
      ).toEqual([]);
    }
  });
  test.each(all.filter(({ refused }) => refused))('$name: refused', async hostile => {
    const received = () => shop.subgraphs.reduce((sum, subgraph) => sum + subgraph.received.length, 0);
    const before = received();
    const { status, data, codes } = await send(hostile);
    expect(data).toBeUndefined();
    expect([400, 413]).toContain(status);
    expect(codes.filter(code => !refusals.has(code))).toEqual([]);
    expect(codes.length).toBeLessThanOrEqual(10);
    expect(received()).toBe(before);
  });
  test.each(all.filter(({ refused }) => !refused))('$name: refused, or answered in full', async hostile => {
    const { status, data, codes } = await send(hostile);
    if (data === undefined) {
      expect(status).toBe(400);
      expect(codes.filter(code => !refusals.has(code))).toEqual([]);
    } else {
      expect(status).toBe(200);
      expect(codes.filter(code => !answers.has(code))).toEqual([]);
    }
  });
  test('leave a router that answers', async () => {
    const { status, data } = await send({
      name: 'good',
      body: JSON.stringify({ query: '{ products(first: 1) { edges { node { name } } } }' }),
      refused: false,
    });
    expect([status, data !== null && data !== undefined]).toEqual([200, true]);
  });
});
