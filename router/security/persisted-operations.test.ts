import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'graphql';
import { type Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';

import { sha256 } from '#platform/ids.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';

import { readConfig } from '../config.ts';
import { makeManifest, readManifest } from './manifest.ts';
import { createPersistedOperations, type Resolution } from './persisted-operations.ts';
import { type SafelistMode } from './settings.ts';

const listed = 'query Listed {\n  me {\n    id\n  }\n}';
const stranger = '{ me { name } }';
const manifest = makeManifest([listed]);
const id = sha256(listed);
const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What Redis does for persisted operations: one string per key. */
function sharedStore(): Redis {
  const values = new Map<string, string>();
  return {
    get: async (key: string) => values.get(key) ?? null,
    set: async (key: string, value: string) => values.set(key, value) && 'OK',
  } as unknown as Redis;
}

const open = (options: { mode?: SafelistMode; automatic?: boolean; redis?: Redis } = {}) =>
  createPersistedOperations({
    settings: { automatic: options.automatic ?? true, mode: options.mode ?? 'off', manifest: '' },
    manifest: options.mode === undefined ? null : manifest,
    redis: options.redis ?? null,
    log: createLog('router', 'silent'),
    metrics: createMetrics('router'),
  });
const apq = (hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash: hash } });
const said = (resolution: Resolution | Promise<Resolution>) => {
  if (resolution instanceof Promise) return 'waits';
  if (!('refused' in resolution)) return `${resolution.known ? 'listed' : 'taken'}: ${resolution.source}`;
  const { code, http } = resolution.refused.extensions as { code: string; http: { status: number } };
  return `${http.status} ${code}`;
};
const keep = (resolution: Resolution | Promise<Resolution>) => {
  if (resolution instanceof Promise || 'refused' in resolution) throw new Error('refused');
  resolution.keep?.();
};

describe('automatic persisted queries', () => {
  test('a hash is found once its text was sent and found good, at once', () => {
    const operations = open();
    const extensions = apq(sha256(stranger));
    expect(said(operations.resolve({ extensions }))).toBe('200 PERSISTED_QUERY_NOT_FOUND');
    const sent = operations.resolve({ query: stranger, extensions });
    expect(said(sent)).toBe(`taken: ${stranger}`);
    expect(said(operations.resolve({ extensions }))).toBe('200 PERSISTED_QUERY_NOT_FOUND');
    keep(sent);
    expect(said(operations.resolve({ extensions }))).toBe(`taken: ${stranger}`);
  });
  test.each<[string, object, string]>([
    ['the hash of another text', { query: stranger, extensions: apq(sha256('{ x }')) }, '400 BAD_REQUEST'],
    ['another version', { query: stranger, extensions: apq(sha256(stranger), 2) }, '400 BAD_REQUEST'],
    ['no version', { query: stranger, extensions: { persistedQuery: { sha256Hash: id } } }, '400 BAD_REQUEST'],
    ['a hash that is not hex', { extensions: apq('zz') }, '400 BAD_REQUEST'],
    ['a hash that is a number', { extensions: apq(5) }, '400 BAD_REQUEST'],
    ['an empty hash', { extensions: apq('') }, '400 BAD_REQUEST'],
    ['text instead of an extension', { query: stranger, extensions: { persistedQuery: 'x' } }, '400 BAD_REQUEST'],
    ['nothing', {}, '400 BAD_REQUEST'],
    ['an empty query', { query: '' }, '400 BAD_REQUEST'],
    ['a query that is a number', { query: 5 }, '400 BAD_REQUEST'],
    ['null instead of an extension', { query: stranger, extensions: { persistedQuery: null } }, `taken: ${stranger}`],
    ['extensions of another kind', { query: stranger, extensions: 'x' }, `taken: ${stranger}`],
  ])('%s', (_name, request, answer) => expect(said(open().resolve(request))).toBe(answer)); // prettier-ignore
  test('the answer to an unknown hash has the words that Apollo’s clients wait for, and is not kept by caches', () => {
    const resolution = open().resolve({ extensions: apq(id) });
    expect(resolution).toMatchObject({ refused: { message: 'PersistedQueryNotFound' } });
    const { http } = (resolution as unknown as { refused: { extensions: { http: { headers: Map<string, string> } } } }).refused.extensions;
    expect(http.headers.get('cache-control')).toContain('no-cache');
  }); // prettier-ignore
  test('switched off, they are not supported, as Apollo says it', () => {
    expect(
      said(open({ automatic: false }).resolve({ query: stranger, extensions: apq(sha256(stranger)) })),
    ).toBe('200 PERSISTED_QUERY_NOT_SUPPORTED');
  });
  test('a flood of texts is forgotten from its old end, and a huge text is not kept', () => {
    const operations = open();
    const send = (query: string) => keep(operations.resolve({ query, extensions: apq(sha256(query)) }));
    for (let i = 0; i <= 10_000; i += 1) send(`{ a${i} }`);
    expect(said(operations.resolve({ extensions: apq(sha256('{ a0 }')) }))).toMatch('NOT_FOUND');
    expect(said(operations.resolve({ extensions: apq(sha256('{ a10000 }')) }))).toBe('taken: { a10000 }');
    const huge = `{ a } #${'x'.repeat(32_000)}`;
    send(huge);
    expect(said(operations.resolve({ extensions: apq(sha256(huge)) }))).toMatch('NOT_FOUND');
  });
  test('routers share texts through Redis, which cannot give a hash another meaning', async () => {
    const redis = sharedStore();
    const extensions = apq(sha256(stranger));
    keep(open({ redis }).resolve({ query: stranger, extensions }));
    const other = open({ redis });
    expect(said(await other.resolve({ extensions }))).toBe(`taken: ${stranger}`);
    expect(said(other.resolve({ extensions }))).toBe(`taken: ${stranger}`);
    await redis.set(`apq:${id}`, stranger);
    expect(said(await other.resolve({ extensions: apq(id) }))).toBe('200 PERSISTED_QUERY_NOT_FOUND');
  });
  test('without Redis when it is away', async () => {
    const away = {
      get: () => Promise.reject(new Error('away')),
      set: () => Promise.reject(new Error('away')),
    } as unknown as Redis;
    const operations = open({ redis: away });
    expect(said(await operations.resolve({ extensions: apq(id) }))).toBe('200 PERSISTED_QUERY_NOT_FOUND');
    keep(operations.resolve({ query: listed, extensions: apq(id) }));
    expect(said(operations.resolve({ extensions: apq(id) }))).toBe(`taken: ${listed}`);
  });
});

describe('a safelist', () => {
  test.each<[string, object, string, string]>([
    ['an id as a hash', { extensions: apq(id) }, `listed: ${listed}`, `listed: ${listed}`],
    ['an id as documentId', { documentId: id }, `listed: ${listed}`, `listed: ${listed}`],
    ['an id as documentId with its method', { documentId: `sha256:${id}` }, `listed: ${listed}`, `listed: ${listed}`],
    ['a listed text', { query: listed }, `listed: ${listed}`, `listed: ${listed}`],
    ['another text', { query: stranger }, `taken: ${stranger}`, '400 QUERY_NOT_IN_SAFELIST'],
    ['another text under a listed id', { query: stranger, extensions: apq(id) }, '400 BAD_REQUEST', '400 BAD_REQUEST'],
    ['another text beside a listed documentId', { query: stranger, documentId: id }, `taken: ${stranger}`, '400 QUERY_NOT_IN_SAFELIST'],
    ['another text with its hash', { query: stranger, extensions: apq(sha256(stranger)) }, `taken: ${stranger}`, '400 QUERY_NOT_IN_SAFELIST'],
    ['another hash', { extensions: apq(sha256(stranger)) }, '200 PERSISTED_QUERY_NOT_FOUND', '400 PERSISTED_QUERY_NOT_IN_LIST'],
    ['another documentId', { documentId: 'x' }, '400 PERSISTED_QUERY_NOT_IN_LIST', '400 PERSISTED_QUERY_NOT_IN_LIST'],
  ])('%s, logged and enforced', (_name, request, logged, enforced) => {
    expect(said(open({ mode: 'log' }).resolve(request))).toBe(logged);
    expect(said(open({ mode: 'enforce' }).resolve(request))).toBe(enforced);
  }); // prettier-ignore
  test('is enforced whatever another router has put into Redis', async () => {
    const redis = sharedStore();
    keep(open({ redis }).resolve({ query: stranger, extensions: apq(sha256(stranger)) }));
    expect(said(await open({ mode: 'enforce', redis }).resolve({ extensions: apq(sha256(stranger)) }))).toBe(
      '400 PERSISTED_QUERY_NOT_IN_LIST',
    );
  });
  test('needs a manifest to start', () => {
    const env = { JWT_SECRET: 'a'.repeat(40), INTERNAL_TOKEN_SECRET: 'b'.repeat(40) };
    expect(() => readConfig({ ...env, PERSISTED_OPERATIONS_MODE: 'enforce' })).toThrow(
      /PERSISTED_OPERATIONS_MANIFEST/,
    );
  });
});

describe('a manifest', () => {
  test('lists every operation of the client documents once, with the fragments that it uses', () => {
    const clients = new URL('../../schema/clients/', import.meta.url);
    const sources = readdirSync(clients).map(name => readFileSync(new URL(name, clients), 'utf8'));
    const { operations } = makeManifest(sources);
    expect(operations.length).toBeGreaterThan(50);
    for (const { id: hash, body } of operations) {
      expect(hash).toBe(sha256(body));
      expect(parse(body).definitions[0]).toMatchObject({ kind: 'OperationDefinition' });
    }
    const file = join(folder, 'manifest.json');
    writeFileSync(file, JSON.stringify({ ...manifest, operations }));
    expect(readManifest(file).operations).toEqual(operations);
  });
  test.each<[string, unknown, RegExp]>([
    ['another format', { ...manifest, format: 'x' }, /is no manifest/],
    ['another version', { ...manifest, version: 2 }, /is no manifest/],
    ['an id that stands for two texts', { ...manifest, operations: [...manifest.operations, { ...manifest.operations[0], body: 'x' }] }, /two operations have the id/],
  ])('of %s stops the start', (_name, content, message) => {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, JSON.stringify(content));
    expect(() => readManifest(file)).toThrow(message);
  }); // prettier-ignore
  test('is not made of operations without a name, of two with one name, or of a fragment that is missing', () => {
    expect(() => makeManifest(['{ a }'])).toThrow(/without a name/);
    expect(() => makeManifest(['query A { a }', 'query A { b }'])).toThrow(/called A/);
    expect(() => makeManifest(['query A { ...F }'])).toThrow(/no fragment F/);
  });
});
