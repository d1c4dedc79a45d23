import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

import { outsideOf } from '../embedded/postgres.ts';

// Forgets everything that `npm start` has kept: databases, secrets, the stand-in's journal.
const dir = process.env['DATA_DIR'] ?? '.data';
const outside = outsideOf(join(dir, 'postgres'));
for (const place of [dir, outside, `${outside}.password`]) await rm(place, { recursive: true, force: true });
