import { afterEach, describe, expect, test } from 'vitest';

import { readConfig } from '../config.ts';
import { type TestFetching, openFetching } from '../testing/fetching.ts';
import { type RawSubgraph, httpAnswer, startRawSubgraph } from '../testing/raw-subgraph.ts';
import { forwardedHeaders, forwardedTo, readForwardRules } from './forwarded-headers.ts';

describe('headers that go on', () => {
  const rules = readForwardRules('Accept-Language, orders:x-tenant,users:x-tenant, ');
  test('are those of the list, to the subgraphs of the list', () => {
    const list = forwardedHeaders(rules, {
      'accept-language': 'de',
      'x-tenant': 't1',
      authorization: 'Bearer x',
      'x-other': 'y',
    });
    expect(list).toEqual(['accept-language', 'de', 'x-tenant', 't1']);
    expect(forwardedTo('orders', rules, list)).toEqual(list);
    expect(forwardedTo('products', rules, list)).toEqual(['accept-language', 'de']);
  });

  test('are none by default, and none that are too long or missing', () => {
    expect(forwardedHeaders(readForwardRules(''), { 'accept-language': 'de' })).toEqual([]);
    expect(forwardedHeaders(rules, { 'accept-language': 'x'.repeat(2_049) })).toEqual([]);
  });

  test.each([
    'authorization',
    'Cookie',
    'x-user-id',
    'orders:x-client-ip',
    'x-forwarded-for',
    'content-length',
    'transfer-encoding',
    'x-correlation-id',
    'host',
    'a b',
    'x:y:z',
  ])('are never %s', name => {
    expect(() => readForwardRules(name)).toThrow(/never passed on|not the name/);
  });
});

test('a header that is never passed on keeps the router from starting, by the name of the setting', () => {
  const env = { JWT_SECRET: 'x'.repeat(40), INTERNAL_TOKEN_SECRET: 'y'.repeat(40) };
  expect(() => readConfig({ ...env, ROUTER_FORWARD_HEADERS: 'cookie' })).toThrow(
    /ROUTER_FORWARD_HEADERS: cookie is never passed on/,
  );
  expect(readConfig(env).fetching.forward.size).toBe(0);
});

describe('on the wire', () => {
  let subgraph: RawSubgraph;
  let fetching: TestFetching;
  afterEach(async () => {
    await subgraph.close();
    await fetching.close();
  });

  test('a subgraph gets the router’s own headers and the forwarded ones that are its', async () => {
    subgraph = await startRawSubgraph(() => httpAnswer('{"data":{}}'));
    fetching = openFetching(subgraph.url, { forward: readForwardRules('accept-language,users:x-tenant') });
    await fetching.ask({}, { forwarded: ['accept-language', 'de', 'x-tenant', 't1'] });
    const { head } = subgraph.received[0] ?? { head: '' };
    expect(head).toMatch(/^POST \/graphql HTTP\/1\.1\r\n/);
    for (const line of ['accept-language: de', 'x-client-ip: 203.0.113.9', 'x-correlation-id: c1'])
      expect(head).toContain(line);
    expect(head).toMatch(/authorization: Bearer [\w.-]+/);
    expect(head).not.toContain('x-tenant');
  });
});
