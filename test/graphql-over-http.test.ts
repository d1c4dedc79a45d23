import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Federation, startFederation } from '../router/testing/federation.ts';

const parts = {
  one: {
    sdl: 'type Query { echo(text: String): String }',
    resolvers: { Query: { echo: (_: unknown, { text }: { text: string }) => text } },
  },
};
const production = {
  ENVIRONMENT: 'production',
  RATE_LIMIT_ENABLED: 'false',
};

/** Every GET must show that no foreign page has made it (CSRF); clients do so by this header, see docs/api.md. */
const asClientsDo: typeof fetch = (input, init = {}) =>
  fetch(input, {
    ...init,
    headers: { ...(init.headers as Record<string, string>), 'apollo-require-preflight': 'true' },
  });

const audits = serverAudits({ url: 'http://unused' });

/** They ask for a type by introspection, which production answers nobody; what they are about is tested below. */
const introspecting: readonly string[] = ['BF61', '2EA1', '28B9', 'D6D5', '6A70'];

describe.each([
  ['development', {}, []],
  ['production', production, introspecting],
] as const)('GraphQL over HTTP in %s', (_name, env, exceptions: readonly string[]) => {
  let graph: Federation;
  beforeAll(async () => {
    graph = await startFederation(parts, env);
  });
  afterAll(() => graph.close());
  const run = (id: string, fetchFn: typeof fetch) => {
    const audit = serverAudits({ url: graph.url, fetchFn }).find(each => each.id === id);
    if (!audit) throw new Error(`no audit ${id}`);
    return audit.fn();
  };

  // Asked twice: the first time Apollo Server answers, then the fast door may.
  test.each(audits.map(({ id, name }) => [id, name] as const))('%s %s', async id => {
    for (let times = 0; times < 2; times += 1) {
      const result = await run(id, asClientsDo);
      expect([result.status === 'ok', result.status === 'ok' ? '' : result.reason]).toEqual(
        exceptions.includes(id) ? [false, expect.any(String)] : [true, ''],
      );
    }
  });
  test('only GET needs the header', async () => {
    const failed: string[] = [];
    for (const { id } of audits) if ((await run(id, fetch)).status !== 'ok') failed.push(id);
    // Audits of GET that expect a refusal get one, if for another reason.
    expect(new Set(failed)).toEqual(new Set(['5A70', 'D6D5', '6A70', ...exceptions]));
  });
  test('variables and UTF-8, in the body and in the address', async () => {
    const query = 'query($text: String) { echo(text: $text) }';
    const text = 'Run🏃Swim🏊é';
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      for (const type of ['application/json', 'application/json; charset=utf-8']) {
        const posted = await fetch(graph.url, {
          method: 'POST',
          headers: { 'content-type': type, accept },
          body: JSON.stringify({ query, variables: { text } }),
        });
        expect([posted.status, await posted.json()]).toEqual([200, { data: { echo: text } }]);
      }
      const search = new URLSearchParams({ query, variables: JSON.stringify({ text }) });
      const got = await asClientsDo(`${graph.url}?${search}`, { headers: { accept } });
      expect([got.status, await got.json()]).toEqual([200, { data: { echo: text } }]);
    }
  });
  test('refusals that are not about the document keep their status, whatever type is asked for', async () => {
    for (const [body, accept, status] of [
      [{ query: '{' }, 'application/json', 200],
      [{ query: '{' }, '*/*', 400],
      [{ query: '{' }, 'application/json, */*', 400],
      [{ query: '{ echo }', operationName: 'no' }, 'application/json', 200],
      [{ query: 7 }, 'application/json', 400],
      [{ query: '{ echo }' }, 'constructor', 406],
    ] as const) {
      const answer = await fetch(graph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify(body),
      });
      expect([JSON.stringify(body).slice(0, 40), accept, answer.status]).toEqual([
        JSON.stringify(body).slice(0, 40), accept, status,
      ]); // prettier-ignore
    }
  });
});
