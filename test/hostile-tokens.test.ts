import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';

import { exportSPKI } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type HttpServer, listen, sendJson } from '#platform/http.ts';
import { ed25519FromSecret, jwkOf, keyPurposes } from '#platform/keys.ts';

import { type TestGraph, secrets, startGraph } from '../router/testing/graph.ts';
import { sendRaw } from './support/raw-http.ts';
import { until } from './support/shopping.ts';

// Access tokens as an attacker would make them, by hand: no library says what may be in one.

const { privateKey, publicKey } = ed25519FromSecret(secrets.access, keyPurposes.accessToken);
const seconds = (): number => Math.floor(Date.now() / 1_000);
const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const header = { alg: 'EdDSA', typ: 'at+jwt' };
const claims = () => ({ sub: 'ada', iss: 'shop', aud: 'shop', iat: seconds(), exp: seconds() + 600 });
type Signer = (text: Buffer) => Buffer;
const rightly: Signer = text => sign(null, text, privateKey);

function token(head: object = {}, body: object | string = {}, by: Signer = rightly): string {
  const text = `${part({ ...header, ...head })}.${part(typeof body === 'string' ? body : { ...claims(), ...body })}`;
  return `${text}.${by(Buffer.from(text)).toString('base64url')}`;
}

let graph: TestGraph;
/** Where an attacker would like our router to fetch a key from. */
let trap: HttpServer;
let trapped = 0;
beforeAll(async () => {
  const attackers = generateKeyPairSync('ed25519');
  trap = await listen('127.0.0.1', 0, (_request, response) => {
    trapped += 1;
    sendJson(response, 200, { keys: [jwkOf(attackers.publicKey)] });
  });
  graph = await startGraph({
    resolvers: {
      users: { Query: { me: (_: unknown, __: unknown, { viewer }: { viewer: { id: string } }) => viewer } },
      orders: { Query: { echo: () => 'hi' } },
    },
  });
});
afterAll(async () => {
  await graph.close();
  await trap.stop(0);
});

const ask = async (credential: string | undefined) => {
  const { status, body } = await graph.query('{ echo me { id } }', {
    headers: credential === undefined ? {} : { authorization: `Bearer ${credential}` },
  });
  return { status, data: body.data, code: body.errors?.[0]?.extensions['code'] };
};

test('without a token the protected field is refused, and the public one beside it answers', async () => {
  expect(await ask(undefined)).toEqual({
    status: 200,
    data: { echo: 'hi', me: null },
    code: 'UNAUTHENTICATED',
  });
});

const url = (): string => `http://127.0.0.1:${trap.port}/keys`;
const ours = { format: 'jwk' } as const;
const ecdsa = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const anyKey = generateKeyPairSync('ed25519');
const byOther: Signer = text => sign(null, text, anyKey.privateKey);

describe('a token is refused, for the whole request and without a word to any subgraph,', () => {
  test.each<[string, () => string | Promise<string>]>([
    ['with algorithm none', () => token({ alg: 'none' }, {}, () => Buffer.alloc(0))],
    ['with algorithm None', () => token({ alg: 'None' }, {}, () => Buffer.alloc(0))],
    ['with algorithm nOnE and a signature', () => token({ alg: 'nOnE' })],
    ['without an algorithm', () => token({ alg: undefined })],
    ['with a list of algorithms', () => token({ alg: ['EdDSA', 'none'] })],
    ['with HMAC by our public key in PEM', async () => hmac(await exportSPKI(publicKey))],
    ['with HMAC by our public key as JWK', () => hmac(JSON.stringify(publicKey.export(ours)))],
    [
      'with HMAC by the bytes of our public key',
      () => hmac(Buffer.from(String(publicKey.export(ours).x), 'base64url')),
    ],
    ['with HMAC by nothing', () => hmac('')],
    ['naming where its key is (jku)', () => token({ jku: url(), kid: 'x' }, {}, byOther)],
    ['naming where its certificate is (x5u)', () => token({ x5u: url() }, {}, byOther)],
    ['bringing its key (jwk)', () => token({ jwk: jwkOf(anyKey.publicKey) }, {}, byOther)],
    ['bringing its certificate (x5c)', () => token({ x5c: [part('certificate')] }, {}, byOther)],
    ['with a path for a key id', () => token({ kid: '../../../../dev/null' }, {}, byOther)],
    ['with a critical extension', () => token({ crit: ['x'], x: 1 })],
    ['with an unencoded payload (b64)', () => token({ b64: false, crit: ['b64'] })],
    [
      'with an ECDSA signature in DER',
      () => token({ alg: 'ES256' }, {}, text => sign('sha256', text, ecdsa.privateKey)),
    ],
    ['with an ECDSA signature of zeros', () => token({ alg: 'ES256' }, {}, () => Buffer.alloc(64))],
    ['with an EdDSA signature of zeros', () => token({}, {}, () => Buffer.alloc(64))],
    [
      'with an RSA signature',
      () => token({ alg: 'RS256' }, {}, text => sign('sha256', text, rsa.privateKey)),
    ],
    ['with another key', () => token({}, {}, byOther)],
    ['with one bit of its payload changed', () => flipped(token(), 1)],
    ['with one bit of its signature changed', () => flipped(token(), 2)],
    ['with a longer signature', () => token({}, {}, text => Buffer.concat([rightly(text), Buffer.alloc(1)]))],
    ['that has expired', () => token({}, { exp: seconds() - 61 })],
    ['that is not valid yet', () => token({}, { nbf: seconds() + 61 })],
    ['that was issued tomorrow', () => token({}, { iat: seconds() + 61 })],
    ['that never expires', () => token({}, { exp: undefined })],
    ['that expires in words', () => token({}, { exp: String(seconds() + 600) })],
    ['that expires in ages', () => token({}, { exp: 1e20 })],
    ['that expires at infinity', () => token({}, `{"sub":"ada","iss":"shop","aud":"shop","exp":1e999}`)],
    ['that is issued in words', () => token({}, { iat: 'today' })],
    ['of nobody', () => token({}, { sub: '' })],
    ['of a number', () => token({}, { sub: 7 })],
    [
      'of two subjects, the last of them nobody',
      () => token({}, `{"sub":"ada","iss":"shop","aud":"shop","exp":${seconds() + 60},"sub":""}`),
    ],
    ['whose scopes are a word', () => token({}, { scopes: '*' })],
    ['of another issuer', () => token({}, { iss: 'shop.evil' })],
    ['for another audience', () => token({}, { aud: ['users'] })],
    ['of another kind', () => token({ typ: 'JWT' })],
    ['without claims', () => token({}, 'null')],
    ['whose claims are a list', () => token({}, '[]')],
    ['whose claims are no JSON', () => token({}, '{"sub":')],
    [
      'whose claims carry a prototype',
      () => token({}, `{"__proto__":{"sub":"ada","iss":"shop","aud":"shop","exp":${seconds() + 60}}}`),
    ],
    ['cut short', () => token().slice(0, -4)],
    ['of two parts', () => token().split('.').slice(0, 2).join('.')],
    ['of five parts, as if encrypted', () => `${token()}.a.b`],
    ['with padding', () => `${token()}=`],
    ['in ordinary base64', () => token().replaceAll('.', '+.')],
    ['of dots', () => '..'],
    ['of 8 KB', () => token({}, { scopes: Array.from({ length: 1_000 }, () => 'scope') })],
  ])('%s', async (_what, make) => {
    const before = reached();
    expect(await ask(await make())).toEqual({ status: 401, data: undefined, code: 'UNAUTHENTICATED' });
    expect(reached()).toBe(before);
    expect(trapped).toBe(0);
  });

  test('of 100 KB, before anything looks at it', async () => {
    const answer = await sendRaw(
      graph.router.port,
      `POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${'a'.repeat(100_000)}\r\ncontent-length: 0\r\n\r\n`,
    );
    expect([answer.statuses, answer.closed]).toEqual([[431], true]);
  });
});

const reached = (): number =>
  Object.values(graph.subgraphs)
    .flatMap(subgraph => subgraph.received)
    .filter(({ path }) => path === '/graphql').length;

async function hmac(secret: string | Buffer): Promise<string> {
  const { createHmac } = await import('node:crypto');
  return token({ alg: 'HS256' }, {}, text => createHmac('sha256', secret).update(text).digest());
}

function flipped(text: string, at: 1 | 2): string {
  const parts = text.split('.');
  const bytes = Buffer.from(parts[at] ?? '', 'base64url');
  bytes[10] = (bytes[10] ?? 0) ^ 1;
  parts[at] = bytes.toString('base64url');
  return parts.join('.');
}

test('clocks may differ by five seconds', async () => {
  expect(await ask(token({}, { exp: seconds() - 3 }))).toMatchObject({ status: 200, code: undefined });
  expect(await ask(token({}, { nbf: seconds() + 3 }))).toMatchObject({ status: 200, code: undefined });
  expect(await ask(token({}, { iat: seconds() + 3 }))).toMatchObject({ status: 200, code: undefined });
});

test('two Authorization headers are no more than one: the good one does not lend itself to the other', async () => {
  const body = JSON.stringify({ query: '{ me { id } }' });
  const send = (first: string, second: string) =>
    sendRaw(
      graph.router.port,
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: Bearer ${first}\r\nauthorization: Bearer ${second}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      text => /\}\s*$/.test(text),
    );
  const bad = token({}, { sub: 'eve' }, byOther);
  expect((await send(bad, token())).statuses).toEqual([401]);
  for (const { statuses } of [await send(token(), bad), await send(token(), token({}, { sub: 'bob' }))])
    expect([200, 400, 401]).toContain(statuses[0]);
});

test('a subgraph takes no access token: only its router’s', async () => {
  const tried = await fetch(new URL('/graphql', graph.subgraphs.users.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token()}` },
    body: JSON.stringify({ query: '{ me { id } }' }),
  });
  expect(tried.status).toBe(401);
});

test('keys that are published come and go: the new one is taken within moments, the old one until it is gone', async () => {
  const [old, fresh] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
  let keys = [jwkOf(old.publicKey)];
  const published = await listen('127.0.0.1', 0, (_request, response) => sendJson(response, 200, { keys }));
  const start = () =>
    startGraph({
      env: { JWKS_URL: `http://127.0.0.1:${published.port}/.well-known/jwks.json` },
      resolvers: { users: { Query: { me: () => ({ id: 'ada' }) } } },
    });
  const signedBy = ({ privateKey: key, publicKey: shown }: typeof old): string =>
    token({ kid: jwkOf(shown).kid }, {}, text =>
      sign(null, text, createPrivateKey(key.export({ format: 'pem', type: 'pkcs8' }))),
    );
  const me = async (running: TestGraph, by: typeof old): Promise<number> =>
    (await running.query('{ me { id } }', { headers: { authorization: `Bearer ${signedBy(by)}` } })).status;
  const running = await start();
  expect(await me(running, old)).toBe(200);
  keys = [jwkOf(fresh.publicKey), jwkOf(old.publicKey)];
  await until(
    () => me(running, fresh),
    status => status === 200,
    5_000,
  );
  expect(await me(running, old)).toBe(200);
  keys = [jwkOf(fresh.publicKey)];
  const restarted = await start();
  expect(await me(restarted, fresh)).toBe(200);
  expect(await me(restarted, old)).toBe(401);
  await published.stop(0);
  expect(await me(running, fresh)).toBe(200);
  expect(await me(restarted, fresh)).toBe(200);
  await running.close();
  await restarted.close();
});
