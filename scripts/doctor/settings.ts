import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

import { type Env, readEnv, readSetting, secret } from '#platform/config.ts';
import { subgraphs } from '#schema/events.ts';

import { readConfig as readRouter } from '../../router/config.ts';
import { readConfig as readInventory } from '../../subgraphs/inventory/config.ts';
import { readConfig as readNotifications } from '../../subgraphs/notifications/config.ts';
import { readConfig as readOrders } from '../../subgraphs/orders/config.ts';
import { readConfig as readPayments } from '../../subgraphs/payments/config.ts';
import { readConfig as readProducts } from '../../subgraphs/products/config.ts';
import { readConfig as readUsers } from '../../subgraphs/users/config.ts';
import { type Examined, type Finding, wordsOf } from './finding.ts';

const readers = {
  users: readUsers,
  products: readProducts,
  inventory: readInventory,
  orders: readOrders,
  payments: readPayments,
  notifications: readNotifications,
  router: readRouter,
};
const secrets = [
  'JWT_SECRET',
  'INTERNAL_TOKEN_SECRET',
  'GUEST_TOKEN_SECRET',
  'NOTIFICATIONS_SECRET',
] as const;
const certificateDays = 21;

/** Whether each service would start with these settings, whether its secrets are any, and how long the certificate lasts. */
export function examineSettings(env: Env): Examined {
  const given = subgraphs.filter(
    name => env[`${name.toUpperCase()}_DATABASE_URL`] ?? env[`${name.toUpperCase()}_DATABASE_URL_FILE`],
  );
  if (given.length === 0)
    return {
      findings: [],
      facts: ['no <NAME>_DATABASE_URL is set: this is a machine for `npm start`, whose settings are its own'],
    };
  const complaints = new Map<string, string[]>();
  for (const [service, read] of Object.entries(readers)) {
    for (const line of complaintsOf(() => read(env)))
      complaints.set(line, [...(complaints.get(line) ?? []), service]);
  }
  // What production refuses is no good elsewhere either.
  const shape = Object.fromEntries(secrets.map(name => [name, secret().optional()]));
  for (const line of complaintsOf(() => readEnv(shape, { ...env, ENVIRONMENT: 'production' })))
    if (![...complaints.keys()].some(known => known.split(':')[0] === line.split(':')[0]))
      complaints.set(line, ['production']);
  const findings = [...complaints].map(([line, services]): Finding => ({
    what: `${line} (${services.join(', ')})`,
    todo: todoOf(line),
  }));
  return { findings: [...findings, ...envFile(), ...certificate(env)] };
}

function complaintsOf(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    return wordsOf(error)
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '' && line !== 'bad configuration');
  }
}

function todoOf(line: string): string {
  const name = /^[A-Z][A-Z0-9_]+/.exec(line)?.[0] ?? 'it';
  return name.endsWith('_SECRET') && !name.startsWith('STRIPE')
    ? `set ${name} to what \`openssl rand -hex 32\` prints, in all processes that read it; \`make secrets\` makes files with all of them`
    : `set ${name}: docs/configuration.md says what it means`;
}

function envFile(): Finding[] {
  if (!existsSync('.env')) return [];
  const text = readFileSync('.env', 'utf8');
  const names = [...text.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name ?? '');
  const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
  return twice.length === 0
    ? []
    : [
        {
          what: `.env sets ${twice.join(', ')} more than once: the last one counts`,
          todo: 'remove the others from .env',
        },
      ];
}

function certificate(env: Env): Finding[] {
  const path = readSetting('ROUTER_TLS_CERT', env);
  if (path === undefined) return [];
  try {
    const { validTo, validFrom } = new X509Certificate(readFileSync(path));
    const days = (Date.parse(validTo) - Date.now()) / 86_400_000;
    const renew = `put a new certificate into ${path}: the router takes it within seconds, without a restart`;
    if (Date.parse(validFrom) > Date.now())
      return [{ what: `the certificate in ${path} is not valid before ${validFrom}`, todo: renew }];
    if (days > certificateDays) return [];
    return [
      {
        what: `the certificate in ${path} ${days < 0 ? 'has expired' : 'expires'} on ${validTo}`,
        todo: renew,
      },
    ];
  } catch (error) {
    return [
      {
        what: `the certificate in ${path} cannot be read: ${wordsOf(error)}`,
        todo: 'set ROUTER_TLS_CERT to a PEM file',
      },
    ];
  }
}
