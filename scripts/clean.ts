import { rm } from 'node:fs/promises';

// Forgets everything that `npm start` has kept: databases, secrets, the stand-in's journal.
for (const place of ['.data', '/var/lib/shop-supergraph']) await rm(place, { recursive: true, force: true });
