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

const echo = ({ body }: RawRequest): string => httpAnswer(JSON.stringify({ data: { of: JSON.parse(body) } }));
const query = (name: string | number) => ({ body: JSON.stringify(name) });
const ok = (name: string | number) => ({ of: name });
const all = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Answers once `count` requests have come. */
function gate(count: number): (request: RawRequest) => Promise<string> {
  let come = 0;
  let open = (): void => undefined;
  const opened = new Promise<void>(resolve => (open = resolve));
  return async request => {
    come += 1;
    if (come >= count) open();
    await opened;
    return echo(request);
  };
}

const connectionsOf = (requests: readonly RawRequest[]): number[] => {
  const counts = new Map<number, number>();
  for (const { connection } of requests) counts.set(connection, (counts.get(connection) ?? 0) + 1);
  return [...counts.values()].toSorted((one, other) => one - other);
};

describe('queries', () => {
  test('each have a connection while there are enough, and follow each other when all are taken', async () => {
    subgraph = await startRawSubgraph(gate(3));
    fetching = openFetching(subgraph.url, { connections: 3 });
    await Promise.all(all(3).map(name => fetching.ask(query(name))));
    expect(connectionsOf(subgraph.received)).toEqual([1, 1, 1]);
    subgraph.received.length = 0;
    subgraph.script = gate(9);
    const answers = await Promise.all(all(9).map(name => fetching.ask(query(name))));
    expect(answers.map(gist)).toEqual(all(9).map(ok));
    expect(connectionsOf(subgraph.received)).toEqual([3, 3, 3]);
  });

  test('take turns over idle connections, which may lead to different copies of the subgraph', async () => {
    subgraph = await startRawSubgraph(gate(3));
    fetching = openFetching(subgraph.url, { connections: 3 });
    await Promise.all(all(3).map(name => fetching.ask(query(name))));
    subgraph.received.length = 0;
    subgraph.script = echo;
    for (const name of all(6)) expect(gist(await fetching.ask(query(name)))).toEqual(ok(name));
    expect(connectionsOf(subgraph.received)).toEqual([2, 2, 2]);
  });

  test('do not follow each other where pipelining is off', async () => {
    subgraph = await startRawSubgraph(echo);
    fetching = openFetching(subgraph.url, { connections: 2, pipelining: 1 });
    const unanswered = new Map<number, number>();
    let most = 0;
    subgraph.script = async request => {
      const behind = unanswered.get(request.connection) ?? 0;
      most = Math.max(most, behind + 1);
      unanswered.set(request.connection, behind + 1);
      await new Promise(setImmediate);
      unanswered.set(request.connection, behind);
      return echo(request);
    };
    expect((await Promise.all(all(12).map(name => fetching.ask(query(name))))).map(gist)).toEqual(
      all(12).map(ok),
    );
    expect(most).toBe(1);
    expect(unanswered.size).toBe(2);
  });

  test('behind a request that hangs are answered all the same, and sent twice at most', async () => {
    subgraph = await startRawSubgraph(request => (request.body === '"hangs"' ? never : echo(request)));
    fetching = openFetching(subgraph.url, { connections: 1 });
    await fetching.ask(query('first'));
    const hanging = fetching.ask({ ...query('hangs'), deadlineMs: 600 });
    const others = await Promise.all(all(10).map(name => fetching.ask({ ...query(name), deadlineMs: 600 })));
    expect(others.map(gist)).toEqual(all(10).map(ok));
    expect(gist(await hanging)).toBe('DEADLINE_EXCEEDED');
    const times = all(10).map(name => subgraph.received.filter(({ body }) => body === String(name)).length);
    expect(Math.max(...times)).toBe(2);
    expect(subgraph.received.filter(({ body }) => body === '"hangs"')).toHaveLength(1);
    // The connection that hung has been given up, and is of use again.
    expect(gist(await fetching.ask(query('after')))).toEqual(ok('after'));
  });

  test('that nobody waits for any more do not hold up a connection', async () => {
    subgraph = await startRawSubgraph(() => never);
    fetching = openFetching(subgraph.url, { connections: 1 });
    const hung = await Promise.all(all(4).map(name => fetching.ask({ ...query(name), deadlineMs: 60 })));
    expect(hung.map(gist)).toEqual(all(4).map(() => 'DEADLINE_EXCEEDED'));
    subgraph.script = echo;
    expect(gist(await fetching.ask(query('after')))).toEqual(ok('after'));
    expect(subgraph.received.map(({ body }) => body).toSorted()).toEqual(
      ['"after"', '"after"', '0', '1', '2', '3'].slice(6 - subgraph.received.length),
    );
  });

  test('behind one that breaks the connection are answered', async () => {
    subgraph = await startRawSubgraph(request => {
      if (request.body === '"breaks"') request.cut();
      return echo(request);
    });
    fetching = openFetching(subgraph.url, { connections: 1 });
    await fetching.ask(query('first'));
    const breaking = fetching.ask(query('breaks'));
    const others = await Promise.all(all(10).map(name => fetching.ask(query(name))));
    expect(others.map(gist)).toEqual(all(10).map(ok));
    expect(gist(await breaking)).toBe('SUBGRAPH_UNAVAILABLE');
    expect(subgraph.received.filter(({ body }) => body === '"breaks"')).toHaveLength(2);
  });
});

describe('mutations', () => {
  test('have connections of their own and never follow each other', async () => {
    subgraph = await startRawSubgraph(gate(6));
    fetching = openFetching(subgraph.url, { connections: 1 });
    const mutations = all(5).map(name => fetching.ask({ ...query(name), repeatable: false }));
    await Promise.all([...mutations, fetching.ask(query('q'))]);
    expect(connectionsOf(subgraph.received)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

test('connections are renewed, and nothing is lost by it', async () => {
  subgraph = await startRawSubgraph(echo);
  fetching = openFetching(subgraph.url, { connections: 2, connectionLifeMs: 60 });
  const seen = (): number => Math.max(0, ...subgraph.received.map(({ connection }) => connection));
  while (seen() < 8) {
    const answers = await Promise.all(all(6).map(name => fetching.ask(query(name))));
    expect(answers.map(gist)).toEqual(all(6).map(ok));
  }
  await expect.poll(() => subgraph.connections()).toBeLessThanOrEqual(3);
});

test('a restart under load costs no query', async () => {
  subgraph = await startRawSubgraph(echo);
  fetching = openFetching(subgraph.url, { connections: 4 });
  const lost: unknown[] = [];
  const answered = all(24).map(() => 0);
  let going = true;
  const load = all(24).map(async worker => {
    while (going) {
      const answer = gist(await fetching.ask(query(worker)));
      if (typeof answer === 'string') lost.push(answer);
      answered[worker] = (answered[worker] ?? 0) + 1;
    }
  });
  const goOn = async (): Promise<void> => {
    const before = [...answered];
    await expect
      .poll(() => Math.min(...answered.map((count, worker) => count - (before[worker] ?? 0))))
      .toBeGreaterThan(20);
  };
  for (const _restart of all(3)) {
    await goOn();
    // The new one listens beside the old one, which then breaks idle and busy connections alike.
    const next = await startRawSubgraph(echo, subgraph.port);
    await subgraph.close();
    subgraph = next;
  }
  await goOn();
  going = false;
  await Promise.all(load);
  expect(lost).toEqual([]);
});
