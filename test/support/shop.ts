import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { freeShopPorts } from '../../embedded/ports.ts';
import { customers, staff } from '../../embedded/sample/accounts.ts';
import { loadSample } from '../../embedded/sample/load.ts';
import { type Shop, startShop } from '../../embedded/shop.ts';
import { afterFile } from '../../platform/testing/cleanup.ts';
import { place } from '../place.ts';
import { type Client, createClient } from './client.ts';

export type TestShop = {
  readonly shop: Shop;
  readonly client: Client;
  /** Signs in and answers the access token. */
  signIn(email?: string, password?: string): Promise<string>;
  staffToken(): Promise<string>;
};

const sample = join(place, 'sample');

/**
 * A stopped shop with the sample in it, made once and copied by whoever needs one: loading it takes longer than most tests.
 * The sources of the sample and of what stores it are in the name, so that a change makes a new one.
 */
async function sampleDirectory(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['embedded', 'migrations', 'platform', 'schema', 'subgraphs']) {
    for (const file of (await readdir(folder, { recursive: true })).toSorted()) {
      if (/\.(ts|graphql|json)$/.test(file) && !file.endsWith('.test.ts'))
        hash.update(await readFile(join(folder, file)));
    }
  }
  const dir = `${sample}-${hash.digest('hex').slice(0, 16)}`;
  const making = `${dir}-making`;
  for (;;) {
    if (existsSync(dir)) return dir;
    // mkdir is the lock: one test file makes the sample while the others wait for it.
    await removeStale(making);
    const mine = await mkdir(making).then(
      () => true,
      () => false,
    );
    if (mine) {
      try {
        const shop = await startShop({
          dir: join(making, 'shop'),
          ports: await freeShopPorts(),
          unsafe: true,
          env: quiet,
        });
        await loadSample(shop.url, staff).finally(() => shop.stop());
        await rename(join(making, 'shop'), dir);
      } finally {
        // Left behind, it would keep everybody else waiting.
        await rm(making, { recursive: true });
      }
      return dir;
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

/** A run that was killed leaves its lock behind; nobody makes a sample for longer than this. */
async function removeStale(lock: string): Promise<void> {
  const age = await stat(lock).then(
    found => Date.now() - found.mtimeMs,
    () => 0,
  );
  if (age > 180_000) await rm(lock, { recursive: true, force: true });
}

const quiet = {
  LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
  ...Object.fromEntries(
    ['USERS', 'PRODUCTS', 'INVENTORY', 'ORDERS', 'PAYMENTS', 'NOTIFICATIONS'].map(name => [
      `${name}_ADMIN_PORT`,
      '0',
    ]),
  ),
};

/** The whole embedded shop with its sample catalogue, on free ports and databases of its own. Stops after the file. */
export async function openTestShop(env: Record<string, string> = {}): Promise<TestShop> {
  const dir = join(place, `shop-${randomUUID()}`);
  execFileSync('cp', ['-a', await sampleDirectory(), dir]);
  const shop = await startShop({
    dir,
    ports: await freeShopPorts(),
    unsafe: true,
    env: { ...quiet, ...env },
  });
  afterFile(async () => {
    await shop.stop();
    await rm(dir, { recursive: true, force: true });
  });
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
