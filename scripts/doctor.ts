import { existsSync } from 'node:fs';
import process from 'node:process';

import { examineDatabases } from './doctor/databases.ts';
import { type Examination, type Examined, wordsOf } from './doctor/finding.ts';
import { examineMachine } from './doctor/machine.ts';
import { examineServices, examineSupergraph } from './doctor/services.ts';
import { examineSettings } from './doctor/settings.ts';
import { examineBackups, examineRabbit, examineRedis } from './doctor/stores.ts';

// node scripts/doctor.ts: looks at the shop of these settings (the environment, and .env for what it does not set) and at this
// machine. Changes nothing. Exit code 1 when something is wrong; each finding says what, and what to do.
if (existsSync('.env')) process.loadEnvFile('.env');
const env = process.env;

const examinations: Readonly<Record<string, Examination>> = {
  machine: examineMachine,
  settings: examineSettings,
  databases: examineDatabases,
  rabbitmq: examineRabbit,
  redis: examineRedis,
  supergraph: examineSupergraph,
  services: examineServices,
  backups: examineBackups,
};

const all = await Promise.all(
  Object.entries(examinations).map(async ([name, examine]): Promise<Examined> => {
    try {
      return await examine(env);
    } catch (error) {
      return {
        findings: [
          { what: `${name} cannot be examined: ${wordsOf(error)}`, todo: 'mend what the message names' },
        ],
      };
    }
  }),
);
const findings = all.flatMap(each => each.findings);
for (const fact of all.flatMap(each => each.facts ?? [])) process.stdout.write(`  ${fact}\n`);
for (const { what, todo } of findings) process.stdout.write(`\n✗ ${what}\n  → ${todo}\n`);
process.stdout.write(findings.length === 0 ? '✓ nothing is wrong\n' : `\n${findings.length} found\n`);
process.exitCode = findings.length === 0 ? 0 : 1;
