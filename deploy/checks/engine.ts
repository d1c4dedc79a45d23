import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { type OperationDefinitionNode, Kind, parse, print, separateOperations } from 'graphql';

import { freePorts } from '#platform/ports.ts';

import { staff } from '../../embedded/sample/accounts.ts';
import { type Check } from '../check.ts';
import { childEnv } from '../support/child-env.ts';
import { command, root } from '../support/engine.ts';
import { type LiveShop, ada, startLiveShop, untilAnswers } from '../support/live-shop.ts';

type Answer = { readonly data?: Record<string, unknown> | null; readonly errors?: readonly unknown[] };
type Engine = { readonly url: string; readonly identity: string; stop(): Promise<void> };

const peers = join(root, 'bench/router/peers');
const gateway = join(peers, 'node_modules/@graphql-hive/gateway/dist/bin.js');
/** The headers that helm/files/engines lets Apollo Router and Hive Router pass on. */
const config = `export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) =>
      Object.fromEntries(
        ['authorization', 'user-agent', 'x-forwarded-for'].flatMap(name => {
          const value = request.headers.get(name);
          return value === null ? [] : [[name, value]];
        }),
      ),
  },
};
`;

/** Hive Gateway with its Rust planner on the supergraph for other routers, before our identity proxy, before the shop's subgraphs. */
async function startEngine(shop: LiveShop): Promise<Engine> {
  if (!existsSync(gateway)) await command('npm', ['ci', '--prefix', peers]);
  const [inside = 0, outside = 0, admin = 0, port = 0] = await freePorts(4);
  const [supergraph, settings] = [join(shop.dir, 'engine.graphql'), join(shop.dir, 'engine.config.mjs')];
  const identity = `http://127.0.0.1:${inside}`;
  await command(process.execPath, ['scripts/engine-supergraph.ts', shop.supergraph, supergraph, identity]);
  writeFileSync(settings, config);
  const ports = { ROUTER_IDENTITY_PORT: inside, ROUTER_PORT: outside, ROUTER_ADMIN_PORT: admin };
  const started = [
    spawn(process.execPath, ['router/identity/main.ts'], {
      cwd: root,
      env: {
        ...shop.env,
        ...Object.fromEntries(Object.entries(ports).map(([key, each]) => [key, `${each}`])),
      },
      stdio: 'ignore',
    }),
    spawn(
      process.execPath,
      [gateway, 'supergraph', supergraph, '--hive-router-runtime', '--config-path', settings].concat([
        '--host',
        '127.0.0.1',
        '--port',
        String(port),
        '--fork',
        '1',
      ]),
      { cwd: peers, env: childEnv({ NODE_ENV: 'production' }), stdio: 'ignore' },
    ),
  ] as const;
  const stop = async (): Promise<void> => {
    for (const child of started) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise(done => child.once('exit', done));
      child.kill('SIGKILL');
      await gone;
    }
  };
  try {
    await untilAnswers(`http://127.0.0.1:${outside}/health/ready`, started[0], 'identity proxy');
    await untilAnswers(`http://127.0.0.1:${port}/readiness`, started[1], 'Hive Gateway');
    return { url: `http://127.0.0.1:${port}`, identity, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The clients' operations by name, each as a document of its own. */
function clientDocuments(): Map<string, string> {
  const found = new Map<string, string>();
  for (const client of ['web', 'mobile', 'backoffice']) {
    const text = readFileSync(join(root, `schema/clients/${client}.graphql`), 'utf8');
    for (const [name, document] of Object.entries(separateOperations(parse(text)))) {
      const isOperation = (each: { kind: Kind }): each is OperationDefinitionNode =>
        each.kind === Kind.OPERATION_DEFINITION;
      assert.ok(document.definitions.some(isOperation));
      found.set(name, print(document));
    }
  }
  return found;
}

const documents = clientDocuments();

async function ask(url: string, name: string, variables: object, token?: string): Promise<Answer> {
  const query = documents.get(name);
  assert.ok(query !== undefined, `no client has ${name}`);
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables, operationName: name }),
  });
  return (await answer.json()) as Answer;
}

async function signIn(
  url: string,
  { email, password }: { email: string; password: string },
): Promise<string> {
  const answer = await ask(url, 'SignIn', { email, password });
  const signedIn = answer.data?.['signIn'] as { tokens?: { accessToken: string } } | undefined;
  assert.ok(signedIn?.tokens, `${email} cannot sign in at ${url}: ${JSON.stringify(answer)}`);
  return signedIn.tokens.accessToken;
}

const reads: readonly (readonly [name: string, variables: object, whose: 'all' | 'own' | 'staff'])[] = [
  ['ProductList', { first: 5 }, 'all'],
  ['CategoryTree', {}, 'all'],
  ['MobileTiles', { first: 4 }, 'all'],
  ['MobileSearch', { text: 'shirt' }, 'all'],
  ['MobileHome', {}, 'own'],
  ['OrderHistory', { first: 3 }, 'own'],
  ['OrderQueue', { first: 5 }, 'staff'],
  ['LowStock', {}, 'staff'],
  ['Warehouses', {}, 'staff'],
  ['Customers', { first: 5 }, 'staff'],
  ['Webhooks', {}, 'staff'],
];

/** Whether nothing at all is shown: no data, or nothing but null below it. */
const isEmpty = ({ data }: Answer): boolean => Object.values(data ?? {}).every(value => value === null);

export const checks: readonly Check[] = [
  {
    name: 'engine: another router before the identity proxy answers as ours does, and shows a stranger nothing',
    run: async () => {
      const shop = await startLiveShop({ RATE_LIMIT_ENABLED: 'false' });
      try {
        const engine = await startEngine(shop);
        try {
          await compare(shop, engine);
        } finally {
          await engine.stop();
        }
      } finally {
        await shop.stop();
      }
    },
  },
];

async function compare(shop: LiveShop, engine: Engine): Promise<void> {
  // Signing in is itself a mutation through the other router.
  const [customer, employee] = [await signIn(engine.url, ada), await signIn(engine.url, staff)];
  const viewers = [
    ['nobody', undefined],
    ['customer', customer],
    ['staff', employee],
  ] as const;
  let compared = 0;
  for (const [name, variables, whose] of reads)
    for (const [viewer, token] of viewers) {
      const [ours, theirs] = [
        await ask(shop.url, name, variables, token),
        await ask(engine.url, name, variables, token),
      ];
      const what = `${name} as ${viewer}`;
      const said = `${what}\nours: ${JSON.stringify(ours)}\ntheirs: ${JSON.stringify(theirs)}`;
      const allowed = whose === 'all' || viewer === 'staff' || (whose === 'own' && viewer === 'customer');
      assert.equal(!isEmpty(ours), allowed, said);
      assert.equal(!isEmpty(theirs), allowed, said);
      if (allowed) assert.deepEqual(theirs.data, ours.data, said);
      assert.equal(theirs.errors !== undefined, ours.errors !== undefined, said);
      assert.ok(viewer !== 'nobody' || !JSON.stringify(theirs).includes(ada.email), said);
      compared += 1;
    }
  process.stdout.write(`     ${compared} answers compared\n`);

  const forged = `${customer.slice(0, -4)}AAAA`;
  for (const name of ['ProductList', 'MobileHome']) {
    const answer = await ask(engine.url, name, { first: 5 }, forged);
    assert.ok(isEmpty(answer) && answer.errors, `with a forged token: ${JSON.stringify(answer)}`);
  }
  // The token that a subgraph would want, of the customer's own making: only the proxy's counts.
  const direct = await fetch(`${shop.env['ORDERS_SUBGRAPH_URL']}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${customer}` },
    body: '{"query":"{ __typename }"}',
  });
  assert.equal(direct.status, 401, 'a subgraph answers its router only');
  const signedOut = await ask(engine.url, 'SignOut', {}, customer);
  assert.equal(signedOut.data?.['signOut'], true, JSON.stringify(signedOut));
}
