import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { subgraphs } from '#schema/events.ts';

import { freeShopPorts } from './ports.ts';
import { startShop } from './shop.ts';

const listens = (port: number): Promise<boolean> =>
  new Promise(answer => {
    const socket = connect(port, '127.0.0.1', () => answer(true));
    socket.once('error', () => answer(false)).once('connect', () => socket.destroy());
  });

test('a shop of which one part cannot start leaves nothing running', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'shop-'));
  const taken = createServer();
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
  const free = await freeShopPorts();
  const ports = { ...free, users: (taken.address() as AddressInfo).port };
  try {
    await expect(startShop({ dir, ports, env: { LOG_LEVEL: 'silent' }, unsafe: true })).rejects.toMatchObject(
      {
        code: 'EADDRINUSE',
      },
    );
    const others = subgraphs.filter(name => name !== 'users');
    expect(await Promise.all(others.map(name => listens(ports[name])))).toEqual(others.map(() => false));
  } finally {
    taken.close();
    await rm(dir, { recursive: true });
  }
});
