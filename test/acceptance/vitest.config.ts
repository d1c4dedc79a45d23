import { defineConfig, mergeConfig } from 'vitest/config';

import base from '../../vitest.config.ts';

/** The slow checks too, which `npm test` leaves out: they install, start and test whole clones. */
export default mergeConfig(
  { ...base, test: { ...base.test, exclude: [] } },
  defineConfig({ test: { maxWorkers: 1, testTimeout: 120_000 } }),
);
