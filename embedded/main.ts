import process from 'node:process';

import { run } from '#platform/run.ts';

import { standardPorts } from './ports.ts';
import { customers, staff } from './sample/accounts.ts';
import { loadSample } from './sample/load.ts';
import { startShop } from './shop.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: start with \`npm start\`, which brings its own.\n`,
  );
  process.exit(1);
}

const started = Date.now();
await run(
  async () => {
    const shop = await startShop({
      dir: process.env['DATA_DIR'] ?? '.data',
      ports: standardPorts,
      env: process.env,
    });
    try {
      await loadSample(shop.url, staff);
    } catch (error) {
      await shop.stop();
      throw error;
    }
    process.stdout.write(banner(shop.url, ((Date.now() - started) / 1000).toFixed(1)));
    return shop;
  },
  { graceMs: 30_000 },
);

function banner(url: string, seconds: string): string {
  return `
  The shop is open (${seconds} s).

    GraphQL        ${url}/graphql      queries, mutations, subscriptions
    Explorer       ${url}/graphiql     works offline
    Mailbox        ${url}/mailbox      every mail the shop has sent
    Status         ${url}/services/status
    Metrics        http://localhost:8080/metrics

    Customer       ${customers[0]?.email ?? ''}      ${customers[0]?.password ?? ''}
    Staff          ${staff.email}    ${staff.password}
    Vouchers       WELCOME10, FREESHIP
    Test cards     pm_card_visa, pm_card_chargeDeclined, pm_card_authenticationRequired

  A first query:

    curl -s ${url}/graphql -H 'content-type: application/json' \\
      -d '{"query":"{ products(first: 3) { edges { node { name priceRange { min { amount currency } } } } } }"}'

  Ctrl-C stops everything; your data stays in .data (npm run clean forgets it).

`;
}
