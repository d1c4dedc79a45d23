import { connect, createServer } from 'node:net';

import { expect, test } from 'vitest';

import { spreadLookup } from './lookup.ts';

const found = [1, 2, 3].map(last => ({ address: `127.0.0.${last}`, family: 4 }));

test('each look-up begins with another address of the name', async () => {
  const lookup = spreadLookup((_name, _options, done) => done(null, found));
  const firsts: unknown[] = [];
  for (let time = 0; time < 6; time += 1) lookup('orders', {}, (_error, address) => firsts.push(address));
  expect(new Set(firsts)).toEqual(new Set(found.map(({ address }) => address)));
  expect(firsts.slice(3)).toEqual(firsts.slice(0, 3));
});

test('connections go to all copies of a service', async () => {
  const seen = new Set<string | undefined>();
  const server = createServer(socket => {
    seen.add(socket.localAddress);
    socket.end();
  });
  await new Promise<void>(resolve => server.listen(0, '0.0.0.0', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const lookup = spreadLookup((_name, _options, done) => done(null, found));
  for (const _connection of found) {
    const socket = connect({ host: 'orders', port, lookup }).resume();
    await new Promise(resolve => socket.once('close', resolve));
  }
  expect(seen).toEqual(new Set(found.map(({ address }) => address)));
  server.close();
});

test('a name that is unknown is an error', () => {
  const lookup = spreadLookup((_name, _options, done) => done(new Error('ENOTFOUND'), []));
  lookup('nowhere', { all: true }, error => expect(error?.message).toBe('ENOTFOUND'));
  expect.assertions(1);
});
