import process from 'node:process';

import { readSetting } from '#platform/config.ts';
import { run } from '#platform/run.ts';

import { startMedia } from './media.ts';
import { startPages } from './pages/server.ts';
import { startStripe } from './stripe/server.ts';

// What development has in place of Stripe, a media server and a storefront, as a process beside the shop's own: the stack in
// compose.yaml runs it. Ports 9100, 9200 and 9300; Stripe's books are kept in /data.
const setting = (name: string): string => {
  const value = readSetting(name, process.env);
  if (value === undefined) throw new Error(`bad configuration\n  ${name}: is needed`);
  return value;
};

await run(async () => {
  const router = setting('ROUTER_URL');
  const host = '0.0.0.0';
  const started = await Promise.all([
    startStripe({
      host,
      port: 9100,
      secretKey: setting('STRIPE_SECRET_KEY'),
      webhookSecret: setting('STRIPE_WEBHOOK_SECRET'),
      webhookUrl: `${router}/webhooks/stripe`,
      publicUrl: setting('PUBLIC_URL'),
      file: '/data/stripe.jsonl',
      log: line => process.stdout.write(`${line}\n`),
    }),
    startMedia({ host, port: 9200 }),
    startPages(`${router}/graphql`, { host, port: 9300 }),
  ]);
  return {
    stop: async () => {
      await Promise.all(started.map(each => each.stop()));
    },
  };
});
