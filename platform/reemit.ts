import pg from 'pg';

/**
 * Has the events that were announced since then published once more, by the relay of the service that runs. Whoever has handled
 * them already does nothing; whoever has not, because his database or the broker is older, catches up. Answers how many.
 */
export async function reemit(url: string, since: Date): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      'update outbox set sent_at = null where sent_at is not null and created_at >= $1',
      [since],
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
