import { readFileSync } from 'node:fs';
import process from 'node:process';

import { Pool } from 'undici';

import { loadSupergraph } from '../../router/supergraph/supergraph.ts';
import { hostileDocuments } from '../../router/testing/hostile-documents.ts';
import { atRate, post } from './fixed-rate.ts';

/** What the attacker is told to do; it answers with its samples. Without a rate it sends each document once. */
export type Attack = { readonly url: string; readonly seconds: number; readonly perSecond?: number };

// A process of its own, so that what it does to itself does not count as what it does to others.
const supergraph = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const documents = hostileDocuments(await loadSupergraph(supergraph));
let sent = 0;

process.on('message', (asked: Attack) => void attack(asked));

async function attack({ url, seconds, perSecond = documents.length / seconds }: Attack): Promise<void> {
  const pool = new Pool(url, { connections: 4 });
  const samples = await atRate(seconds, perSecond, () => {
    sent += 1;
    return post(pool, fresh(documents[sent % documents.length]?.body ?? '', sent));
  });
  await pool.close();
  process.send?.(samples);
}

/** The same request with another text, so that no cache helps the router. */
function fresh(body: string, i: number): string {
  return body.startsWith('{"query":"') ? `{"query":"#${i}\\n${body.slice('{"query":"'.length)}` : body;
}
