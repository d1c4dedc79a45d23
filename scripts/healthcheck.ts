import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { get as getSecurely } from 'node:https';
import process from 'node:process';

// node scripts/healthcheck.ts [service]: ends with 0 while the service of this container is ready, with 1 when it is not. Without
// a name it is what the container's first process runs. Imports nothing of the shop: it runs every few seconds.
const ports: Readonly<Record<string, number>> = {
  router: 8000,
  users: 9001,
  products: 9002,
  inventory: 9003,
  orders: 9004,
  payments: 9005,
  notifications: 9006,
};

const service =
  process.argv[2] ?? /(\w+)\/main\.ts/.exec(readFileSync('/proc/1/cmdline', 'utf8'))?.[1] ?? 'nothing';
const port = process.env[`${service.toUpperCase()}_PORT`] || ports[service];
if (port === undefined) {
  process.stderr.write(`${service} is no service of the shop\n`);
  process.exit(1);
}

const secure = service === 'router' && Boolean(process.env['ROUTER_TLS_CERT']);
const path = `${secure ? 'https' : 'http'}://127.0.0.1:${port}/health/ready`;
// The certificate is for the shop's name, not for this address; only this container's own process can listen here.
const request = secure ? getSecurely(path, { rejectUnauthorized: false }) : get(path);
request.setTimeout(8_000, () => request.destroy(new Error('no answer within 8 seconds')));
request.once('error', error => {
  process.stderr.write(`${path}: ${error.message}\n`);
  process.exit(1);
});
request.once('response', response => {
  let text = '';
  response.setEncoding('utf8').on('data', (part: string) => (text += part));
  response.once('end', () => {
    process.stdout.write(`${text.slice(0, 1_000)}\n`);
    process.exit(response.statusCode === 200 ? 0 : 1);
  });
});
