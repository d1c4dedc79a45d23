import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Something to be used and put away, whatever happens. */
export async function using<T extends { stop(): Promise<unknown> }>(
  started: Promise<T>,
  use: (it: T) => Promise<void>,
): Promise<void> {
  const it = await started;
  try {
    await use(it);
  } finally {
    await it.stop();
  }
}

/** A folder of its own, gone afterwards. */
export async function inFolder(use: (dir: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'shop-check-'));
  // PostgreSQL runs under another account, which must get through.
  chmodSync(dir, 0o711);
  try {
    await use(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
