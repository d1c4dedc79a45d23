import { setTimeout as wait } from 'node:timers/promises';

import { type Pool } from 'undici';

/** One request: milliseconds until all of its answer was there, and the answer's status. */
export type Sample = { readonly ms: number; readonly status: number };

/** Sends at a fixed rate, whether answers come or not; a late start counts as waiting, an early one does not shorten it. */
export async function atRate(
  seconds: number,
  perSecond: number,
  sendOne: (i: number) => Promise<number>,
): Promise<Sample[]> {
  const start = performance.now() + 50;
  const running: Promise<Sample>[] = [];
  for (let i = 0; i < seconds * perSecond; i += 1) {
    const due = start + (i * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await wait(early);
    // Timers know whole milliseconds and cut what is beyond them.
    const from = Math.min(due, performance.now());
    running.push(sendOne(i).then(status => ({ status, ms: performance.now() - from })));
  }
  return Promise.all(running);
}

/** Posts a GraphQL request's JSON and reads the answer to its end; answers its status. */
export async function post(pool: Pool, body: string): Promise<number> {
  const response = await pool.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  await response.body.dump();
  return response.statusCode;
}
