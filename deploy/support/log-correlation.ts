import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import pg from 'pg';

import { documents } from '../../test/support/documents.ts';
import { until } from '../../test/support/shopping.ts';
import { type LiveShop } from './live-shop.ts';

type Told = {
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly errorId?: string };
  }[];
};

/**
 * Breaks one table, asks as a customer, and follows what he is shown: the error id to the line of the service that failed, the
 * correlation id of the answer to the router's line of the operation.
 */
export async function errorsLeadToTheirLines(shop: LiveShop, token: string): Promise<void> {
  const database = new pg.Client(shop.postgres.url('notifications_db'));
  await database.connect();
  try {
    await database.query('alter table notifications rename to mislaid');
    const response = await fetch(`${shop.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: documents.get('MobileHome')?.text }),
    });
    const correlationId = response.headers.get('x-correlation-id') ?? '';
    const error = ((await response.json()) as Told).errors?.find(
      each => each.extensions.code === 'INTERNAL_SERVER_ERROR',
    );
    const { errorId = '' } = error?.extensions ?? {};
    if (errorId === '') throw new Error('a masked error has no error id');
    if (/mislaid|notifications|relation/.test(error?.message ?? ''))
      throw new Error(`the customer is told too much: ${error?.message}`);
    // What failed, and in which request; then what that request was.
    await lineWith(shop, 'notifications', [errorId, correlationId, 'does not exist']);
    await lineWith(shop, 'router', [correlationId, '"operation":"MobileHome"', '"outcome":"error"']);
  } finally {
    await database.query('alter table if exists mislaid rename to notifications');
    await database.end();
  }
}

/** Waits for a line of a service's log that holds all of these: the router writes its lines in batches. */
async function lineWith({ dir }: LiveShop, service: string, words: readonly string[]): Promise<void> {
  await until(
    async () =>
      readFileSync(join(dir, 'logs', `${service}.log`), 'utf8')
        .split('\n')
        .filter(line => line.includes(words[0] ?? '')),
    lines => lines.some(line => words.every(word => line.includes(word))),
    10_000,
  );
}
