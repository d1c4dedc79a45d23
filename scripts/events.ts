import process from 'node:process';

import { connectionShape, readEnv, readSetting } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { openRabbitBus } from '#platform/rabbit-bus.ts';
import { reemit } from '#platform/reemit.ts';
import { catalogue } from '#schema/catalogue.ts';
import { subgraphs } from '#schema/events.ts';

// npm run events -- parked [<subgraph>]            lists messages that gave up
// npm run events -- redrive <subgraph> [<id> …]    puts them back into their queue
// npm run events -- reemit <subgraph> <since>      has the events since then (2026-11-23T02:00:00Z) published once more
const [command, subgraph, ...ids] = process.argv.slice(2);
if (command === 'reemit') {
  const name = subgraphs.find(each => each === subgraph);
  const since = new Date(ids[0] ?? '');
  const url = name && readSetting(`${name.toUpperCase()}_DATABASE_URL`, process.env);
  if (!url || Number.isNaN(since.getTime())) {
    process.stderr.write(
      'usage: npm run events -- reemit <subgraph> <since, as 2026-11-23T02:00:00Z>, with <NAME>_DATABASE_URL\n',
    );
    process.exit(2);
  }
  process.stdout.write(`${await reemit(url, since)} events of ${name} are published once more\n`);
  process.exit(0);
}
// Who consumes nothing has no queues.
const consumers = subgraphs.filter(name =>
  catalogue.types.some(type => catalogue.consumers(type).includes(name)),
);
const known = consumers.find(name => name === subgraph);
if (
  (command !== 'parked' && command !== 'redrive') ||
  (subgraph !== undefined && !known) ||
  (command === 'redrive' && !known)
) {
  process.stderr.write(
    `usage: npm run events -- parked [<subgraph>] | redrive <subgraph> [<event id> …] | reemit <subgraph> <since>\nsubgraphs: ${consumers.join(', ')}\n`,
  );
  process.exit(2);
}
const env = readEnv(connectionShape, process.env);
const bus = await openRabbitBus({
  url: env.RABBITMQ_URL,
  exchange: env.RABBITMQ_EXCHANGE,
  catalogue,
  log: createLog('events', 'warn'),
});
try {
  if (command === 'redrive' && known) {
    const count = await bus.redrive(known, ids.length > 0 ? ids : undefined);
    process.stdout.write(`${count} messages are back in the queue of ${known}\n`);
  } else {
    for (const name of known ? [known] : consumers) {
      for (const message of await bus.parked(name)) {
        process.stdout.write(`${JSON.stringify({ queue: name, ...message })}\n`);
      }
    }
  }
} finally {
  await bus.close();
}
