import { afterEach, describe, expect, test } from 'vitest';

import { type TestFetching, gist, openFetching } from '../testing/fetching.ts';
import {
  type RawRequest,
  type RawSubgraph,
  httpAnswer,
  never,
  startRawSubgraph,
} from '../testing/raw-subgraph.ts';

let subgraph: RawSubgraph;
let fetching: TestFetching;
afterEach(async () => {
  await subgraph.close();
  await fetching.close();
});

const good = httpAnswer('{"data":{"a":1}}');
const all = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const closing = (request: RawRequest): string => {
  request.cut();
  return '';
};
const breakingOff = (request: RawRequest): string => {
  setImmediate(request.cut);
  return good.slice(0, -3);
};
const start = async (
  script: RawSubgraph['script'],
  settings?: Parameters<typeof openFetching>[1],
): Promise<void> => {
  subgraph = await startRawSubgraph(script);
  fetching = openFetching(subgraph.url, settings);
};
const inTurn = async (count: number, ask: () => ReturnType<TestFetching['ask']>): Promise<unknown[]> => {
  const gists = [];
  for (const _ of all(count)) gists.push(gist(await ask()));
  return gists;
};
const breaker = (): Promise<number> => fetching.metric('gateway_subgraph_breaker_state', 'subgraph="orders"');
const goodAgain = async (): Promise<void> => {
  await expect.poll(async () => gist(await fetching.ask())).toEqual({ a: 1 });
  expect(await breaker()).toBe(0);
};

describe('a breaker', () => {
  test('opens for a subgraph that is down, and closes when it is back', async () => {
    await start(() => good, { breakerOpenMs: 100 });
    await subgraph.close();
    expect(new Set(await inTurn(40, () => fetching.ask()))).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
    expect(await breaker()).toBe(2);
    expect(await fetching.metric('gateway_subgraph_rejected_total', 'reason="breaker"')).toBeGreaterThan(20);
    subgraph = await startRawSubgraph(() => good, subgraph.port);
    await goodAgain();
  });

  test('opens for a subgraph that is slow, which is left alone then', async () => {
    await start(() => never, { breakerOpenMs: 100 });
    const hung = await Promise.all(all(30).map(() => fetching.ask({ deadlineMs: 80 })));
    expect(hung.map(gist)).toEqual(all(30).map(() => 'DEADLINE_EXCEEDED'));
    expect(await breaker()).toBe(2);
    const before = subgraph.received.length;
    expect(gist(await fetching.ask())).toBe('SUBGRAPH_UNAVAILABLE');
    expect(subgraph.received).toHaveLength(before);
    subgraph.script = () => good;
    await goodAgain();
  });

  test.each([
    ['garbage', () => '\u0000\u0001 not HTTP at all \r\n\r\n'],
    ['server errors', () => httpAnswer('{"errors":[{"message":"pg: password"}]}', '500 Oops')],
    ['closed sockets', closing],
    ['answers that break off', breakingOff],
  ])('opens for %s, and closes', async (_name, script) => {
    await start(script, { breakerOpenMs: 100 });
    expect(new Set(await inTurn(30, () => fetching.ask()))).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
    expect(await breaker()).toBe(2);
    subgraph.script = () => good;
    await goodAgain();
  });

  test('is not opened by GraphQL errors, and not by requests that had no time', async () => {
    await start(() => httpAnswer('{"data":null,"errors":[{"message":"no"}]}', '400 Bad Request'));
    expect(new Set(await inTurn(40, () => fetching.ask()))).toEqual(new Set([null]));
    expect(await breaker()).toBe(0);
    subgraph.script = () => never;
    await Promise.all(all(40).map(() => fetching.ask({ deadlineMs: 1 })));
    expect(await breaker()).toBe(0);
  });
});

test('what is too much at once is refused at once', async () => {
  await start(() => never, { concurrency: 3 });
  const asked = all(5).map(() => fetching.ask({ deadlineMs: 100 }));
  expect((await Promise.all(asked)).map(gist)).toEqual([
    'DEADLINE_EXCEEDED',
    'DEADLINE_EXCEEDED',
    'DEADLINE_EXCEEDED',
    'OVERLOADED',
    'OVERLOADED',
  ]);
  expect(await fetching.metric('gateway_subgraph_rejected_total', 'reason="concurrency"')).toBe(2);
  expect(await fetching.metric('gateway_subgraph_requests_in_flight')).toBe(0);
});

describe('an answer that is of no use fails the fetch, and the next one goes on', () => {
  const large = `{"data":{"a":"${'x'.repeat(30_000_000)}"}}`;
  test.each([
    ['bytes that are not HTTP', 'hello\r\n\r\n', 1],
    ['an HTML page', httpAnswer('<html>', '200 OK', 'content-type: text/html'), 1],
    ['JSON that says it is text', httpAnswer('{"data":{"a":1}}', '200 OK', 'content-type: text/plain'), 1],
    ['half of a JSON text', httpAnswer('{"data":{"a":'), 1],
    ['no content', 'HTTP/1.1 204 No Content\r\n\r\n', 1],
    ['an empty body', httpAnswer(''), 1],
    ['neither data nor errors', httpAnswer('{"ok":true}'), 1],
    ['a list', httpAnswer('[{"data":{"a":1}}]'), 1],
    ['data of another kind', httpAnswer('{"data":5}'), 1],
    ['null without a reason', httpAnswer('{"data":null}'), 1],
    ['errors that are none', httpAnswer('{"data":{"a":1},"errors":[null]}'), 1],
    ['a redirect', httpAnswer('', '307 Elsewhere', 'location: http://127.0.0.1:1/'), 1],
    ['no admission', httpAnswer('{"errors":[{"message":"who?"}]}', '401 Unauthorized'), 1],
    ['a bad gateway', httpAnswer('<html>', '502 Bad Gateway'), 2],
    ['service unavailable', httpAnswer('{"errors":[{"message":"x"}]}', '503 Busy'), 2],
    ['30 MB', httpAnswer(large), 1],
    [
      '30 MB without a length',
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`,
      1,
    ],
  ])('%s', async (_name, answer, times) => {
    await start(() => answer);
    const got = await fetching.ask({ deadlineMs: 10_000 });
    expect(gist(got)).toBe('SUBGRAPH_UNAVAILABLE');
    expect('failure' in got && got.failure.cause).toBeInstanceOf(Error);
    expect(subgraph.received).toHaveLength(times);
    subgraph.script = () => good;
    expect(gist(await fetching.ask())).toEqual({ a: 1 });
  });

  test.each(['application/json; charset=utf-8', 'application/graphql-response+json', 'Application/JSON'])(
    '%s is as good as any',
    async type => {
      await start(() =>
        httpAnswer('{"data":{"a":"ä€😀"}}', '200 OK', `content-type: ${type}\r\nx-sql-statements: 7`),
      );
      const got = await fetching.ask();
      expect(got).toMatchObject({ statements: 7 });
    },
  );
});

describe('requests are repeated', () => {
  test('so seldom that a subgraph that is down gets at most 1.2 times as many', async () => {
    // A breaker that hardly ever keeps anything away: the budget alone has to hold.
    await start(closing, { breakerOpenMs: 1 });
    for (const _wave of all(10)) await Promise.all(all(50).map(() => fetching.ask()));
    expect(subgraph.received.length).toBeLessThanOrEqual(600);
  });

  test('so seldom that one that fails now and then gets at most 1.2 times as many', async () => {
    let count = 0;
    await start(() => {
      count += 1;
      return count % 5 < 2 ? httpAnswer('', '503 Busy') : good;
    });
    for (const _wave of all(10)) await Promise.all(all(50).map(() => fetching.ask()));
    expect(await breaker()).toBe(0);
    expect(subgraph.received.length).toBeGreaterThan(510);
    expect(subgraph.received.length).toBeLessThanOrEqual(600);
    expect(await fetching.metric('gateway_subgraph_retries_total')).toBe(subgraph.received.length - 500);
  });

  test.each([
    ['closes the connection', closing],
    ['is busy', () => httpAnswer('', '503 Busy')],
    ['breaks off its answer', breakingOff],
    ['never answers', () => never],
  ])('never when they are mutations and the subgraph %s', async (_name, script) => {
    await start(request => (request.body === '"warm"' ? good : script(request)));
    const mutate = (name: string) =>
      fetching.ask({ body: JSON.stringify(name), repeatable: false, deadlineMs: 200 });
    // On connections that have been used, which is where a client may think that it was the keep-alive.
    await Promise.all(all(3).map(() => mutate('warm')));
    subgraph.received.length = 0;
    const asked = await Promise.all(all(6).map(index => mutate(String(index))));
    expect(asked.map(gist)).not.toContainEqual({ a: 1 });
    expect(subgraph.received.map(({ body }) => body).toSorted()).toEqual(all(6).map(index => `"${index}"`));
  });

  test('never when they are mutations on a connection that closes behind the last answer', async () => {
    await start(request => {
      setImmediate(request.cut);
      return good;
    });
    const asked = await inTurn(40, () => fetching.ask({ body: '1', repeatable: false }));
    const answered = asked.filter(each => each !== 'SUBGRAPH_UNAVAILABLE').length;
    expect(subgraph.received.length).toBeGreaterThanOrEqual(answered);
    expect(subgraph.received.length).toBeLessThanOrEqual(40);
  });
});
