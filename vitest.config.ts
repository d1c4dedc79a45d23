import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{platform,schema,subgraphs,router,embedded,test}/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/closing-line.ts'],
    env: { APOLLO_TELEMETRY_DISABLED: '1', STRIPE_SUPPRESS_NOTICES: 'true', UV_THREADPOOL_SIZE: '8' },
  },
});
