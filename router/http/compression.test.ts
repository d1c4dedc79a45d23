import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Federation, startFederation } from '../testing/federation.ts';
import { chooseEncoding } from './compression.ts';

test.each([
  ['', null],
  ['gzip', 'gzip'],
  ['br', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['GZIP', 'gzip'],
  ['gzip;q=1.0, br;q=0.8', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0, gzip;q=0', null],
  ['*', 'br'],
  ['br;q=0, *;q=0.5', 'gzip'],
  ['*;q=0', null],
  ['deflate, zstd', null],
  ['identity, gzip;q=0.5', null],
  ['identity;q=0.5, gzip;q=0.5', 'gzip'],
  ['gzip; q=0.4 , br ; q=0.3', 'gzip'],
  ['gzipped, xbr', null],
])('%j chooses %s', (accepted, encoding) => {
  expect(chooseEncoding(accepted)).toBe(encoding);
});

type Raw = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

/** What fetch would unpack. */
function send(url: string, headers: Record<string, string>, body?: string): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: body === undefined ? 'GET' : 'POST', headers }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.on('error', reject).end(body);
  });
}

const unpacked = ({ headers, body }: Raw): string =>
  (headers['content-encoding'] === 'br'
    ? brotliDecompressSync(body)
    : headers['content-encoding'] === 'gzip'
      ? gunzipSync(body)
      : body
  ).toString();

describe('answers, when compression is on', () => {
  const name = 'nä'.repeat(4_000);
  const parts = {
    one: {
      sdl: `directive @cacheControl(maxAge: Int!) on FIELD_DEFINITION
        type Query { long: String @cacheControl(maxAge: 60) short: String } type Subscription { ticks: String }`,
      resolvers: {
        Query: { long: () => name, short: () => 'n' },
        Subscription: {
          ticks: {
            subscribe: async function* () {
              yield { ticks: name };
            },
          },
        },
      },
    },
  };
  let graph: Federation;
  beforeAll(async () => {
    graph = await startFederation(parts, { ROUTER_COMPRESSION: 'true', ROUTER_CACHE: 'memory' });
  });
  afterAll(() => graph.close());
  const post = (query: string, headers: Record<string, string>): Promise<Raw> =>
    send(graph.url, { 'content-type': 'application/json', ...headers }, JSON.stringify({ query }));

  test.each(['br', 'gzip'])('%s, by both doors', async encoding => {
    const query = `{ ${encoding}: long }`;
    const headers = { 'accept-encoding': `${encoding}, identity;q=0.1` };
    const first = await post(query, headers);
    await post(query, headers);
    const later = await post(query, headers);
    for (const answer of [first, later]) {
      expect(answer.headers['content-encoding']).toBe(encoding);
      expect(answer.headers.vary).toContain('accept-encoding');
      expect(Number(answer.headers['content-length'])).toBe(answer.body.length);
      expect(answer.body.length).toBeLessThan(500);
      expect(JSON.parse(unpacked(answer))).toEqual({ data: { [encoding]: name } });
    }
    expect(later.body.equals(first.body)).toBe(true);
  });
  test('none of what is short, and none of what nobody wants compressed; but caches are told that it matters', async () => {
    for (const [query, headers] of [
      ['{ short }', { 'accept-encoding': 'br, gzip' }],
      ['{ long }', {}],
      ['{ long }', { 'accept-encoding': 'br;q=0' }],
    ] as const) {
      const answer = await post(query, headers);
      expect(answer.headers['content-encoding']).toBeUndefined();
      expect(answer.headers.vary).toContain('accept-encoding');
      expect(unpacked(answer)).toMatch(/^\{"data":/);
    }
  });
  test('have weak tags, which hold for each encoding', async () => {
    const url = `${graph.url}?query=${encodeURIComponent('{ long }')}`;
    const asked = { 'apollo-require-preflight': 'true' };
    const plain = await send(url, asked);
    const packed = await send(url, { ...asked, 'accept-encoding': 'br' });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(packed.headers.etag).toMatch(/^W\//);
    expect(packed.headers.etag).toBe(plain.headers.etag);
    const known = { 'if-none-match': String(packed.headers.etag), 'accept-encoding': 'gzip' };
    const unchanged = await send(url, { ...asked, ...known });
    expect([unchanged.status, unchanged.body.length]).toEqual([304, 0]);
  });
  test.each(['text/event-stream', 'multipart/mixed;subscriptionSpec=1.0, application/json'])(
    'none of streams: %s',
    async accept => {
      const answer = await post('subscription { ticks }', { accept, 'accept-encoding': 'br, gzip' });
      expect(answer.headers['content-encoding']).toBeUndefined();
      expect(answer.body.toString()).toContain(name);
    },
  );
});

test('answers are not compressed unless that is switched on', async () => {
  const long = {
    sdl: 'type Query { long: String }',
    resolvers: { Query: { long: () => 'n'.repeat(5_000) } },
  };
  const graph = await startFederation({ long });
  const headers = { 'content-type': 'application/json', 'accept-encoding': 'br, gzip' };
  const answer = await send(graph.url, headers, '{"query":"{ long }"}');
  await graph.close();
  expect(answer.headers['content-encoding']).toBeUndefined();
  expect(answer.body.length).toBeGreaterThan(5_000);
});
