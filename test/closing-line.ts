import process from 'node:process';

import { type Reporter, type TestModule } from 'vitest/node';

import { unavailableServers } from './servers.ts';

/** Prints `N passed, N failed` alone on the last line, for people and CI alike. A file that cannot even load counts as failed. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    let skipped = 0;
    for (const module of modules) {
      if (module.state() === 'failed' && module.errors().length > 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped += 1;
      }
    }
    const without = unavailableServers();
    if (without.length > 0) {
      process.stdout.write(
        `\n!!! NOT RUN: everything that needs ${without.join(' and ')}, which is not installed and which only root can install.\n` +
          '!!! Install it, or set TEST_REDIS_URL and TEST_RABBITMQ_URL. In CI (CI=true) this is a failure.\n',
      );
    }
    // After the default reporter's own summary, which is printed in the same turn.
    process.once('exit', () =>
      process.stdout.write(
        `\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
      ),
    );
  }
}
