import process from 'node:process';

import { defineConfig } from 'vitest/config';

import { unavailableServers } from './test/servers.ts';

/** What needs Redis or RabbitMQ: left out, loudly (test/closing-line.ts), only where neither is there nor can be installed. */
const onRealServers = [
  'test/{transport,cache,router-budgets,log-canary}.test.ts',
  'test/acceptance/processes.test.ts',
];
const leftOut = unavailableServers().length > 0 && process.env['CI'] !== 'true' ? onRealServers : [];

export default defineConfig({
  // Vite would take graphql's ES modules, while packages outside of it take the CommonJS ones: two copies that refuse each other.
  resolve: {
    alias: [
      { find: /^graphql$/, replacement: new URL('node_modules/graphql/index.js', import.meta.url).pathname },
    ],
  },
  test: {
    include: ['{platform,schema,subgraphs,router,embedded,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/acceptance/{start,suite}.test.ts', ...leftOut],
    globalSetup: ['test/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/closing-line.ts'],
    env: { APOLLO_TELEMETRY_DISABLED: '1', STRIPE_SUPPRESS_NOTICES: 'true', UV_THREADPOOL_SIZE: '8' },
  },
});
