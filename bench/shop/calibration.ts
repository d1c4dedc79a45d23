import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { Pool } from 'undici';

import { closedLoop } from './load.ts';

/** Requests a second that a bare node:http server answers on this machine under the same load driver, by concurrency. */
export async function calibrate(concurrencies: readonly number[], seconds: number): Promise<number[]> {
  const child = fork(fileURLToPath(new URL('echo-process.ts', import.meta.url)));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', message => resolve(message as number));
    child.once('exit', code => reject(new Error(`the echo server ended with code ${code}`)));
  });
  const body = JSON.stringify({ query: 'x'.repeat(1_000) });
  const rates: number[] = [];
  for (const concurrency of concurrencies) {
    const pool = new Pool(`http://127.0.0.1:${port}`, { connections: concurrency, pipelining: 1 });
    const { rate } = await closedLoop(concurrency, seconds, async () => {
      const response = await pool.request({ path: '/', method: 'POST', body });
      await response.body.arrayBuffer();
    });
    rates.push(rate);
    await pool.close();
  }
  child.disconnect();
  return rates;
}
