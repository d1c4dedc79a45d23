import { type KeyObject, generateKeyPairSync } from 'node:crypto';

import { type JWK, type JWTHeaderParameters, SignJWT, UnsecuredJWT, exportJWK, exportSPKI } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type HttpServer, listen, sendJson } from '#platform/http.ts';

import { readConfig } from '../config.ts';
import { type TestGraph, secrets, startGraph, usersQueries } from '../testing/graph.ts';
import { bearer } from '../testing/tokens.ts';

// Access tokens as identity providers make them: other algorithms than the shop's, `typ: JWT` or none, `scope` as one text.

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const nextRsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const issuer = 'https://login.example/';
const now = Math.floor(Date.now() / 1_000);
let keys: JWK[];
let provider: HttpServer;
let shop: TestGraph;

const published = async (key: KeyObject, kid: string, use = 'sig'): Promise<JWK> => ({
  ...(await exportJWK(key)),
  kid,
  use,
});
const start = (env: Record<string, string>): Promise<TestGraph> =>
  startGraph({
    env: { JWKS_URL: `http://127.0.0.1:${provider.port}/jwks`, JWT_ISSUER: issuer, ...env },
    resolvers: { users: { Query: usersQueries } },
  });
beforeAll(async () => {
  keys = [
    await published(nextRsa.publicKey, 'for encryption', 'enc'),
    await published(rsa.publicKey, 'rsa'),
    await published(ec.publicKey, 'ec'),
  ];
  provider = await listen('127.0.0.1', 0, (_request, response) => sendJson(response, 200, { keys }));
  shop = await start({ JWT_ALGORITHMS: 'RS256, ES256', JWT_TYPE: 'JWT' });
});
afterAll(async () => {
  await shop.close();
  await provider.stop(0);
});

const rs256 = { alg: 'RS256', kid: 'rsa', typ: 'JWT' };
const es256 = { alg: 'ES256', kid: 'ec', typ: 'JWT' };
const signed = (
  header: JWTHeaderParameters,
  key: KeyObject | Uint8Array,
  claims: Record<string, unknown> = {},
): Promise<string> =>
  new SignJWT({ sub: 'ada', iss: issuer, aud: ['shop', 'userinfo'], iat: now, exp: now + 600, ...claims })
    .setProtectedHeader(header)
    .sign(key);
const ask = async (graph: TestGraph, token: string) => {
  const { status, body } = await graph.query('{ me { id } }', {
    headers: { authorization: `Bearer ${token}` },
  });
  return [status, body.errors?.[0]?.extensions['code'] ?? body.data];
};
const taken = [200, { me: { id: 'ada' } }];
const refused = [401, 'UNAUTHENTICATED'];

describe('a token of an identity provider', () => {
  test('opens what it should where its algorithm is listed', async () => {
    expect(await ask(shop, await signed(rs256, rsa.privateKey, { sid: 'theirs' }))).toEqual(taken);
    expect(shop.subgraphs.users.received.at(-1)?.viewer).toEqual({
      kind: 'customer',
      id: 'ada',
      sessionId: 'theirs',
      scopes: [],
    });
    expect(await ask(shop, await signed(es256, ec.privateKey))).toEqual(taken);
  });

  test.each([
    ['scope, one text, as RFC 9068 has it', { scope: 'openid customers:read  email' }],
    ['scp, a list', { scp: ['openid', 'customers:read'] }],
    ['scp, one text', { scp: 'openid customers:read' }],
    [
      'scopes, a list, as the shop has it, and nothing beside it',
      { scopes: ['customers:read'], scope: 'no' },
    ],
  ])('has its rights in %s', async (_what, claims) => {
    const authorization = `Bearer ${await signed(rs256, rsa.privateKey, claims)}`;
    const { body } = await shop.query('{ customers { id } }', { headers: { authorization } });
    expect(body).toEqual({ data: { customers: [{ id: 'ada' }] } });
  });

  test.each<[string, Record<string, unknown>]>([
    ['none', {}],
    ['others', { scope: 'customers:rea customers: read' }],
    ['the shop’s own claim empty beside them', { scopes: [], scope: 'customers:read' }],
  ])('with %s has no rights', async (_what, claims) => {
    const authorization = `Bearer ${await signed(rs256, rsa.privateKey, claims)}`;
    const { status, body } = await shop.query('{ customers { id } }', { headers: { authorization } });
    expect([status, body.errors?.[0]?.extensions['code']]).toEqual([200, 'FORBIDDEN']);
  });

  const claims = { sub: 'ada', iss: issuer, aud: 'shop', exp: now + 600 };
  test.each<[string, () => Promise<string> | string]>([
    ['by an algorithm that is not listed', () => signed({ ...rs256, alg: 'RS512' }, rsa.privateKey)],
    ['by another way of the same key', () => signed({ ...rs256, alg: 'PS256' }, rsa.privateKey)],
    ['by a key that is not published', () => signed(rs256, nextRsa.privateKey)],
    ['by a key for encryption', () => signed({ ...rs256, kid: 'for encryption' }, nextRsa.privateKey)],
    ['with the kid of another algorithm', () => signed({ ...rs256, kid: 'ec' }, rsa.privateKey)],
    [
      'with the public key as a secret',
      async () =>
        signed({ ...rs256, alg: 'HS256' }, new TextEncoder().encode(await exportSPKI(rsa.publicKey))),
    ],
    ['without a signature', () => new UnsecuredJWT(claims).encode()],
    ['of another type', () => signed({ ...rs256, typ: 'at+jwt' }, rsa.privateKey)],
    ['of no type', () => signed({ alg: 'RS256', kid: 'rsa' }, rsa.privateKey)],
    ['of another issuer', () => signed(rs256, rsa.privateKey, { iss: 'https://evil.example/' })],
    ['for others only', () => signed(rs256, rsa.privateKey, { aud: ['userinfo'] })],
    ['for nobody in particular', () => signed(rs256, rsa.privateKey, { aud: undefined })],
    ['of nobody', () => signed(rs256, rsa.privateKey, { sub: undefined })],
    ['that is over', () => signed(rs256, rsa.privateKey, { exp: now - 60 })],
    ['that lives too long', () => signed(rs256, rsa.privateKey, { exp: now + 172_800 })],
    ['with rights in no known form', () => signed(rs256, rsa.privateKey, { scope: { all: true } })],
  ])('%s is 401', async (_name, make) => {
    expect(await ask(shop, await make())).toEqual(refused);
  });

  test('with any type is taken without one, and by no other algorithm', async () => {
    const lax = await start({ JWT_ALGORITHMS: 'RS256', JWT_TYPE: 'any' });
    expect(await ask(lax, await signed({ alg: 'RS256', kid: 'rsa' }, rsa.privateKey))).toEqual(taken);
    expect(await ask(lax, await signed(rs256, rsa.privateKey))).toEqual(taken);
    expect(await ask(lax, await signed(es256, ec.privateKey))).toEqual(refused);
    expect(await ask(lax, new UnsecuredJWT(claims).encode())).toEqual(refused);
    await lax.close();
  });

  test('is signed as the shop does where nothing is said', async () => {
    const usual = await start({});
    expect(await ask(usual, await signed({ ...rs256, typ: 'at+jwt' }, rsa.privateKey))).toEqual(refused);
    await usual.close();
  });

  test('holds by the key that comes next, and not by one that went', async () => {
    const before = keys;
    keys = [await published(nextRsa.publicKey, 'next')];
    const later = await start({ JWT_ALGORITHMS: 'RS256', JWT_TYPE: 'JWT' });
    expect(await ask(later, await signed({ ...rs256, kid: 'next' }, nextRsa.privateKey))).toEqual(taken);
    expect(await ask(later, await signed(rs256, rsa.privateKey))).toEqual(refused);
    await later.close();
    // And in a router that knows the former keys.
    await expect
      .poll(async () => ask(shop, await signed({ ...rs256, kid: 'next' }, nextRsa.privateKey)), {
        timeout: 5_000,
      })
      .toEqual(taken);
    keys = before;
  });
});

describe('the settings of published keys', () => {
  const env = { INTERNAL_TOKEN_SECRET: secrets.internal };
  const jwks = { ...env, JWKS_URL: 'https://login.example/jwks' };
  test.each(['none', 'HS256', 'RS256, HS512', 'rs256', 'RS256,', 'ES256K'])(
    'the algorithms "%s" stop the start',
    list => {
      expect(() => readConfig({ ...jwks, JWT_ALGORITHMS: list })).toThrow(
        /JWT_ALGORITHMS.*: expected some of EdDSA/,
      );
    },
  );
  test('say nothing about tokens of a secret', () => {
    const secret = { ...env, JWT_SECRET: secrets.access };
    expect(() => readConfig({ ...secret, JWT_ALGORITHMS: 'RS256' })).toThrow(/JWT_ALGORITHMS: .*JWKS_URL/);
    expect(() => readConfig({ ...secret, JWT_TYPE: 'any' })).toThrow(/JWT_TYPE: .*JWKS_URL/);
    expect(readConfig(secret).accessTokens).toEqual({ secret: secrets.access });
  });
  test('are those of the shop where nothing is said', () => {
    expect(readConfig(jwks).accessTokens).toEqual({
      jwksUrl: jwks.JWKS_URL,
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
    });
  });
});

test('a token by a secret has its rights in the claim of the shop only', async () => {
  const own = await startGraph({ resolvers: { users: { Query: { customers: () => [] } } } });
  const ask = async (headers: Record<string, string>) =>
    (await own.query('{ customers { id } }', { headers })).body.data;
  expect(await ask(await bearer({ scopes: ['customers:read'] }))).toEqual({ customers: [] });
  const theirs = { scopes: undefined, scope: 'customers:read', scp: 'customers:read' };
  expect(await ask(await bearer({ more: theirs }))).toBeNull();
  await own.close();
});
