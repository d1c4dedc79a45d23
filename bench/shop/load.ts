import { Pool } from 'undici';

import { documents } from '../../test/support/documents.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- what a document answers is the document's business
export type Data = any;

export type Connection = {
  /** Sends a client document word for word and reads its data; throws on errors. */
  run(name: string, variables: Readonly<Record<string, unknown>>, token?: string): Promise<Data>;
  /** The same without parsing the answer, which would only heat the load's side of the two cores. */
  touch(name: string, variables: Readonly<Record<string, unknown>>, token?: string): Promise<void>;
  /** Subgraph fetches so far, as the router counts them. */
  fetches(): number;
  close(): Promise<void>;
};

/** As many keep-alive connections as there are shoppers at once. */
export function connect(url: string, connections: number): Connection {
  const pool = new Pool(url, { connections, pipelining: 1 });
  let fetches = 0;
  const post = async (
    name: string,
    variables: Readonly<Record<string, unknown>>,
    token?: string,
  ): Promise<Buffer> => {
    const document = documents.get(name);
    if (!document) throw new Error(`no client document is called ${name}`);
    const response = await pool.request({
      path: '/graphql',
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query: document.text, variables, operationName: name }),
    });
    fetches += Number(response.headers['x-subgraph-fetches'] ?? 0);
    const body = Buffer.from(await response.body.arrayBuffer());
    if (response.statusCode !== 200 || body.includes('"errors":['))
      throw new Error(`${name}: HTTP ${response.statusCode} ${body.toString().slice(0, 1_000)}`);
    return body;
  };
  return {
    run: async (name, variables, token) =>
      (JSON.parse((await post(name, variables, token)).toString()) as { data: Data }).data,
    touch: async (name, variables, token) => void (await post(name, variables, token)),
    fetches: () => fetches,
    close: () => pool.close(),
  };
}

export type Result = {
  /** Flows a second. */
  readonly rate: number;
  readonly flows: number;
  /** Milliseconds of one flow. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly failed: number;
  /** The first failure. */
  readonly failure?: string;
};

/** Closed loop: `concurrency` shoppers, each starting its next flow when the last has ended. */
export async function closedLoop(
  concurrency: number,
  seconds: number,
  flow: (turn: number) => Promise<void>,
): Promise<Result> {
  const times: number[] = [];
  let [turn, failed]: [number, number] = [0, 0];
  let failure: string | undefined;
  const started = performance.now();
  const end = started + seconds * 1_000;
  const shopper = async (): Promise<void> => {
    while (performance.now() < end) {
      const began = performance.now();
      try {
        await flow(turn++);
        times.push(performance.now() - began);
      } catch (error) {
        failed += 1;
        failure ??= error instanceof Error ? error.message : String(error);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, shopper));
  const elapsed = (performance.now() - started) / 1_000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    rate: times.length / elapsed,
    flows: times.length,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    failed,
    ...(failure === undefined ? {} : { failure }),
  };
} // prettier-ignore
