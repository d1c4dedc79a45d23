import process from 'node:process';

import { openDatabase } from '#platform/database.ts';
import { migrate } from '#platform/migrate.ts';
import { type Subgraph, subgraphs } from '#schema/events.ts';

// npm run migrate [-- <subgraph> …]: brings the named databases (all of them by default) up to date.
const asked = process.argv.slice(2);
const unknown = asked.filter(name => !subgraphs.includes(name as Subgraph));
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(', ')}; the subgraphs are ${subgraphs.join(', ')}\n`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : subgraphs) {
  const url = process.env[`${name.toUpperCase()}_DATABASE_URL`];
  if (!url) {
    process.stderr.write(`${name.toUpperCase()}_DATABASE_URL is not set\n`);
    process.exit(2);
  }
  const db = await openDatabase({
    url,
    entities: [],
    migrations: new URL(`../migrations/${name}`, import.meta.url).pathname,
    poolMax: 2,
  });
  try {
    const pending = await db.orm.migrator.getPending();
    await migrate(db, true);
    process.stdout.write(
      `${name}: ${pending.length === 0 ? 'up to date' : `applied ${pending.map(each => each.name).join(', ')}`}\n`,
    );
  } finally {
    await db.close();
  }
}
