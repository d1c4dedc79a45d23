import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { subgraphs } from '#schema/events.ts';

// node scripts/secrets.ts env [file=.env]        .env.example with random secrets, for the development stack
// node scripts/secrets.ts files [folder=secrets] a file per secret, for docker/compose.prod.yaml
// What is there already stays as it is: running it again fills gaps only.
const [kind, place] = process.argv.slice(2);
const random = (): string => randomBytes(32).toString('hex');
const own = ['JWT_SECRET', 'INTERNAL_TOKEN_SECRET', 'GUEST_TOKEN_SECRET', 'NOTIFICATIONS_SECRET'];

function writeEnv(file: string): void {
  if (existsSync(file)) {
    process.stdout.write(`${file} is there already\n`);
    return;
  }
  const values: Record<string, string> = {
    ...Object.fromEntries(own.map(name => [name, random()])),
    STRIPE_SECRET_KEY: `sk_test_${random()}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${random()}`,
  };
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const settings = example.replaceAll(/^#([A-Z][A-Z0-9_]+)=.*$/gm, (line, name: string) =>
    values[name] === undefined ? line : `${name}=${values[name]}`,
  );
  const stack = [
    'POSTGRES_PASSWORD',
    'RABBITMQ_PASSWORD',
    'GRAFANA_ADMIN_PASSWORD',
    ...subgraphs.map(name => `${name.toUpperCase()}_DATABASE_PASSWORD`),
  ].map(name => `${name}=${random()}`);
  const text = `${settings.trimEnd()}\n\n# --- compose.yaml only: passwords of the containers beside the shop\n${stack.join('\n')}\n`;
  writeFileSync(file, text, { mode: 0o600 });
  process.stdout.write(`wrote ${file}, readable by you alone\n`);
}

function writeFiles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  // Nobody else gets into the folder; a container, whose account is another one, reads the files that it is given.
  chmodSync(folder, 0o700);
  const made: string[] = [];
  const keep = (name: string, make: () => string): string => {
    const path = join(folder, name);
    if (!existsSync(path)) {
      const text = make();
      writeFileSync(path, text === '' ? '' : `${text}\n`, { mode: 0o644 });
      made.push(name);
    }
    return readFileSync(path, 'utf8').trim();
  };
  for (const name of [...own, 'BOOTSTRAP_STAFF_PASSWORD', 'GRAFANA_ADMIN_PASSWORD']) keep(name, random);
  const password = keep('POSTGRES_PASSWORD', random);
  keep('POSTGRES_ADMIN_URL', () => `postgresql://postgres:${password}@postgres:5432/postgres`);
  for (const name of subgraphs)
    keep(
      `${name.toUpperCase()}_DATABASE_URL`,
      () => `postgresql://${name}:${random()}@postgres:5432/${name}_db`,
    );
  const rabbit = keep('RABBITMQ_URL', () => `amqp://shop:${random()}@rabbitmq:5672`);
  keep('rabbitmq.conf', () => `default_user = shop\ndefault_pass = ${new URL(rabbit).password}`);
  const redis = keep('REDIS_URL', () => `redis://default:${random()}@redis:6379`);
  keep('redis.conf', () => `requirepass ${new URL(redis).password}`);
  for (const name of ['pagerduty_routing_key', 'alert_channel_url']) keep(name, () => '');
  const yours = ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'SENDGRID_API_KEY', 'SMTP_URL'];
  const empty = yours.filter(name => keep(name, () => '') === '');
  process.stdout.write(`wrote ${made.length} secrets to ${folder}\n`);
  if (empty.length > 0)
    process.stdout.write(`empty, for you to fill (of the last two one is enough): ${empty.join(', ')}\n`);
}

if (kind === 'env') writeEnv(place ?? '.env');
else if (kind === 'files') writeFiles(place ?? 'secrets');
else {
  process.stderr.write('usage: node scripts/secrets.ts env [file] | files [folder]\n');
  process.exit(2);
}
