import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const checkout = createHash('sha256').update(process.cwd()).digest('hex').slice(0, 12);

/**
 * Where the tests of this checkout keep their databases. Not below the checkout: that may lie where the account that
 * PostgreSQL runs as cannot look.
 */
export const place = join(tmpdir(), `shop-tests-${checkout}`);
mkdirSync(place, { recursive: true });
chmodSync(place, 0o755);
