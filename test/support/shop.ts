import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';

import { afterAll } from 'vitest';

import { customers, staff } from '../../embedded/sample/accounts.ts';
import { loadSample } from '../../embedded/sample/load.ts';
import { type Ports, type Shop, startShop } from '../../embedded/shop.ts';
import { freePort } from '../servers.ts';
import { type Client, createClient } from './client.ts';

export type TestShop = {
  readonly shop: Shop;
  readonly client: Client;
  /** Signs in and answers the access token. */
  signIn(email?: string, password?: string): Promise<string>;
  staffToken(): Promise<string>;
};

/** Ports that nobody uses; each subgraph's admin port is a hundred above its own. */
async function freePorts(): Promise<Ports> {
  const names = [
    'router',
    'routerAdmin',
    'users',
    'products',
    'inventory',
    'orders',
    'payments',
    'notifications',
  ] as const;
  const found = await Promise.all(names.map(async name => [name, await freePort()] as const));
  return Object.fromEntries(found) as Ports;
}

/** The whole embedded shop with its sample catalogue, on free ports and a database of its own. Stops after the file. */
export async function openTestShop(env: Record<string, string> = {}): Promise<TestShop> {
  const dir = `.data/shop-${randomUUID()}`;
  const ports = await freePorts();
  const adminPorts = Object.fromEntries(
    (['USERS', 'PRODUCTS', 'INVENTORY', 'ORDERS', 'PAYMENTS', 'NOTIFICATIONS'] as const).map(name => [
      `${name}_ADMIN_PORT`,
      '0',
    ]),
  );
  const shop = await startShop({
    dir,
    ports,
    unsafe: true,
    env: { LOG_LEVEL: 'silent', ...adminPorts, ...env },
  });
  afterAll(async () => {
    await shop.stop();
    await rm(dir, { recursive: true, force: true });
    await rm(`${dir}/postgres.password`, { force: true });
  });
  await loadSample(shop.url, staff);
  const client = createClient(shop.url);
  const signIn: TestShop['signIn'] = async (
    email = customers[0]?.email ?? '',
    password = customers[0]?.password ?? '',
  ) => {
    const { data } = await client.run('SignIn', { email, password });
    if (!data?.signIn?.tokens) throw new Error(`cannot sign in as ${email}: ${JSON.stringify(data)}`);
    return data.signIn.tokens.accessToken as string;
  };
  return { shop, client, signIn, staffToken: () => signIn(staff.email, staff.password) };
}
