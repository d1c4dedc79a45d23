import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';

import { SignJWT, exportSPKI } from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';

import { type Envelope, type EventBus } from '#platform/bus.ts';
import { ed25519FromSecret, jwkOf, keyPurposes } from '#platform/keys.ts';

import { type RouterConfig } from '../config.ts';
import { type Subgraphs } from '../fetching/subgraph-request.ts';
import { type TestGraph, secrets, startGraph, usersQueries } from '../testing/graph.ts';
import { accessToken, bearer } from '../testing/tokens.ts';
import { createViewers } from './viewer.ts';

/** What a bus does for the router: hand over live copies of events. */
function listeningBus(): { bus: EventBus; tell: (type: string, data: unknown) => void } {
  const listeners = new Map<string, (envelope: Envelope) => void>();
  const bus = {
    observe: async (types: readonly string[], listener: (envelope: Envelope) => void) => {
      for (const type of types) listeners.set(type, listener);
      return async () => listeners.clear();
    },
    healthy: () => true,
  } as unknown as EventBus;
  return { bus, tell: (type, data) => listeners.get(type)?.({ type, data } as Envelope) };
}

const { bus, tell } = listeningBus();
const keys = new Map([['shop_good', { id: 'key-1', scopes: ['customers:read'], expiresAt: null }]]);
const resolvers = {
  users: { Query: usersQueries },
  orders: { Query: { echo: () => 'hi' } },
};
let shop: TestGraph;
beforeAll(async () => {
  shop = await startGraph({
    bus,
    resolvers,
    usersRoute: ({ path, body, viewer }) => {
      if (path !== '/internal/api-keys/exchange' || viewer?.kind !== 'anonymous') return null;
      const found = keys.get((JSON.parse(body) as { key: string }).key);
      return found ? { status: 200, body: JSON.stringify(found) } : { status: 401, body: '{}' };
    },
  });
});
afterAll(() => shop.close());

const me = async (authorization: string) => {
  const { status, body } = await shop.query('{ echo me { id } }', { headers: { authorization } });
  return { status, data: body.data, code: body.errors?.[0]?.extensions['code'] };
};

describe('an access token', () => {
  test('that is good opens what it should, in any case of the word Bearer', async () => {
    expect(await me(`Bearer ${await accessToken()}`)).toEqual({
      status: 200,
      data: { echo: 'hi', me: { id: 'ada' } },
      code: undefined,
    });
    expect((await me(`bearer ${await accessToken()}`)).status).toBe(200);
    expect(shop.subgraphs.users.received.at(-1)?.viewer).toEqual({
      kind: 'customer',
      id: 'ada',
      sessionId: 'session-1',
      scopes: [],
    });
  });
  test('is taken up to five seconds late, not later', async () => {
    expect((await me(`Bearer ${await accessToken({ seconds: -2, sub: 'late' })}`)).status).toBe(200);
    expect((await me(`Bearer ${await accessToken({ seconds: -61 })}`)).status).toBe(401);
  });
  test('may live for a day by a clock that is five seconds ahead, not longer', async () => {
    const day = 24 * 3_600;
    expect((await me(`Bearer ${await accessToken({ seconds: day + 3, sub: 'ahead' })}`)).status).toBe(200);
    expect((await me(`Bearer ${await accessToken({ seconds: day + 61 })}`)).status).toBe(401);
  });
  const key = ed25519FromSecret(secrets.access, keyPurposes.accessToken);
  const unsigned = (header: object): string => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part(header)}.${part({ sub: 'ada', iss: 'shop', aud: 'shop', exp: Math.floor(Date.now() / 1_000) + 600 })}.`;
  };
  test.each<[string, () => Promise<string> | string]>([
    ['of another issuer', () => accessToken({ issuer: 'evil' })],
    ['for another audience', () => accessToken({ audience: 'router' })],
    ['of another kind', () => accessToken({ typ: 'internal+jwt' })],
    ['of another key', () => accessToken({ secret: 'another-secret-of-the-tests-0123456789' })],
    ['that lives too long', () => accessToken({ seconds: 1e8 })],
    ['without a signature', () => unsigned({ alg: 'none', typ: 'at+jwt' })],
    ['with an odd spelling of none', () => unsigned({ alg: 'nOnE', typ: 'at+jwt' })],
    [
      'signed with the public key as a secret',
      async () =>
        new SignJWT({ sub: 'ada' })
          .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
          .setIssuer('shop')
          .setAudience('shop')
          .setExpirationTime('5m')
          .sign(new TextEncoder().encode(await exportSPKI(key.publicKey))),
    ],
    [
      'with a key of its own in the header',
      () => {
        const { privateKey, publicKey } = generateKeyPairSync('ed25519');
        return new SignJWT({ sub: 'ada' })
          .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', jwk: jwkOf(publicKey) })
          .setIssuer('shop')
          .setAudience('shop')
          .setExpirationTime('5m')
          .sign(privateKey);
      },
    ],
    [
      'without an expiry',
      () =>
        new SignJWT({ sub: 'ada' })
          .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' })
          .setIssuer('shop')
          .setAudience('shop')
          .sign(key.privateKey),
    ],
    [
      'with a critical extension',
      async () =>
        `${Buffer.from('{"alg":"EdDSA","typ":"at+jwt","crit":["x"],"x":1}').toString('base64url')}.${(await accessToken()).split('.').slice(1).join('.')}`,
    ],
    ['cut short', async () => (await accessToken()).slice(0, -5)],
    ['with a dot too many', async () => `${await accessToken()}.`],
    ['of 9 KB', () => 'x'.repeat(9_000)],
    [
      'with a changed claim',
      async () =>
        (await accessToken()).replace(
          /\.[^.]+\./,
          `.${Buffer.from('{"sub":"bob","iss":"shop","aud":"shop","exp":99999999999}').toString('base64url')}.`,
        ),
    ],
  ])('%s is 401 for the whole request', async (_name, make) => {
    expect(await me(`Bearer ${await make()}`)).toEqual({
      status: 401,
      data: undefined,
      code: 'UNAUTHENTICATED',
    });
  });
  test.each(['', 'Basic YTpi', 'Bearer', 'Bearer  x', 'Bearer a b'])(
    'the header "%s" is 401',
    async header => {
      expect((await me(header === '' ? ' ,' : header)).status).toBe(401);
    },
  );
  test('of a session that was revoked is 401 at once', async () => {
    const header = await bearer({ sid: 'session-9' });
    expect((await me(header.authorization)).status).toBe(200);
    tell('session.revoked', { customerId: 'ada', sessionIds: ['session-9'] });
    expect((await me(header.authorization)).status).toBe(401);
    expect((await me(`Bearer ${await accessToken({ sid: 'session-9', sub: 'x' })}`)).status).toBe(401);
  });
});

describe('an API key', () => {
  test('is exchanged once, works like a viewer, and dies with its revocation', async () => {
    const ask = () => shop.query('{ customers { id } }', { headers: { authorization: 'Bearer shop_good' } });
    const exchanges = () =>
      shop.subgraphs.users.received.filter(({ path }) => path === '/internal/api-keys/exchange').length;
    const before = exchanges();
    expect((await Promise.all([ask(), ask(), ask()])).map(({ body }) => body.data)).toEqual(
      Array.from({ length: 3 }, () => ({ customers: [{ id: 'ada' }] })),
    );
    expect(exchanges() - before).toBe(1);
    expect(shop.subgraphs.users.received.at(-1)?.viewer).toEqual({
      kind: 'apiKey',
      id: 'key-1',
      sessionId: null,
      scopes: ['customers:read'],
    });
    tell('api_key.revoked', { apiKeyId: 'key-1' });
    expect((await ask()).status).toBe(401);
  });
  test('that nobody knows is 401; when users is away, 503 and not anonymous', async () => {
    expect((await me('Bearer shop_wrong')).status).toBe(401);
    const alone = await startGraph({ resolvers });
    await alone.subgraphs.users.close();
    const { status, body } = await alone.query('{ echo }', {
      headers: { authorization: 'Bearer shop_good' },
    });
    expect([status, body.errors?.[0]?.extensions]).toEqual([503, { code: 'SUBGRAPH_UNAVAILABLE' }]);
    await alone.close();
  });
});

test('while the published keys cannot be read, what is known of them holds, and nobody is told that his token is wrong', async () => {
  const { publicKey } = ed25519FromSecret(secrets.access, keyPurposes.accessToken);
  let isThere = false;
  const jwks = await startGraph({
    usersRoute: () =>
      isThere
        ? { status: 200, body: JSON.stringify({ keys: [jwkOf(publicKey)] }) }
        : { status: 503, body: '{}' },
  });
  const env = { JWKS_URL: new URL('/.well-known/jwks.json', jwks.subgraphs.users.url).href };
  const remote = await startGraph({ resolvers, env });
  const tokenFor = (sub: string, kid = jwkOf(publicKey).kid): Promise<string> =>
    new SignJWT({ sid: 's' })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
      .setSubject(sub)
      .setIssuer('shop')
      .setAudience('shop')
      .setExpirationTime('30m')
      .sign(ed25519FromSecret(secrets.access, keyPurposes.accessToken).privateKey);
  const ask = async (token: string) => {
    const { status, body } = await remote.query('{ me { id } }', {
      headers: { authorization: `Bearer ${token}` },
    });
    return [status, body.errors?.[0]?.extensions['code'] ?? body.data];
  };
  const away = [503, 'SUBGRAPH_UNAVAILABLE'];
  expect(await ask(await tokenFor('ada'))).toEqual(away);
  const socket = new WebSocket(remote.router.url.replace('http', 'ws'), 'graphql-transport-ws');
  await once(socket, 'open');
  const authorization = `Bearer ${await tokenFor('ada')}`;
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
  // Not 4403, which would be for good.
  expect((await once(socket, 'close'))[0]).toBe(1001);
  isThere = true;
  expect(await ask(await tokenFor('ada'))).toEqual([200, { me: { id: 'ada' } }]);
  isThere = false;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * 60_000 });
  try {
    expect(await ask(await tokenFor('bob'))).toEqual([200, { me: { id: 'bob' } }]);
    expect(await ask(await tokenFor('eve', 'another key'))).toEqual(away);
  } finally {
    vi.useRealTimers();
  }
  await remote.close();
  await jwks.close();
});

test('who was revoked before somebody listens is heard of at once', async () => {
  const { bus: live, tell: tellLive } = listeningBus();
  const viewers = await createViewers({
    config: { accessTokens: { secret: secrets.access } } as RouterConfig,
    subgraphs: {} as Subgraphs,
    bus: live,
  });
  tellLive('session.revoked', { sessionIds: ['s1'] });
  const heard: string[] = [];
  const listen = (sessionId: string): void => {
    const viewer = { kind: 'customer', id: 'ada', sessionId, scopes: [] } as const;
    viewers.onRevoked(viewer, () => heard.push(sessionId));
  };
  listen('s1');
  listen('s2');
  expect(heard).toEqual(['s1']);
  tellLive('session.revoked', { sessionIds: ['s2'] });
  expect(heard).toEqual(['s1', 's2']);
});

test('published keys: found by JWKS, kept when the endpoint is gone', async () => {
  const { publicKey } = ed25519FromSecret(secrets.access, keyPurposes.accessToken);
  const jwks = await startGraph({
    resolvers,
    usersRoute: () => ({ status: 200, body: JSON.stringify({ keys: [jwkOf(publicKey)] }) }),
  });
  const remote = await startGraph({
    resolvers,
    env: { JWKS_URL: new URL('/.well-known/jwks.json', jwks.subgraphs.users.url).href },
  });
  const token = await new SignJWT({ sid: 's' })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: jwkOf(publicKey).kid })
    .setSubject('ada')
    .setIssuer('shop')
    .setAudience('shop')
    .setExpirationTime('5m')
    .sign(ed25519FromSecret(secrets.access, keyPurposes.accessToken).privateKey);
  const ask = async () =>
    (await remote.query('{ me { id } }', { headers: { authorization: `Bearer ${token}` } })).body.data;
  expect(await ask()).toEqual({ me: { id: 'ada' } });
  await jwks.close();
  expect(await ask()).toEqual({ me: { id: 'ada' } });
  await remote.close();
});
