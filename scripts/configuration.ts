import { readFileSync, writeFileSync } from 'node:fs';

// Writes docs/configuration.md from .env.example, the one place where settings are described.
const lines = readFileSync('.env.example', 'utf8').split('\n');
const out = [
  '# Configuration',
  '',
  'Made from `.env.example` by `node scripts/configuration.ts`. `NAME_FILE` may name a file that holds the value of `NAME`.',
];
lines.forEach((line, i) => {
  const section = /^# --- (.+)$/.exec(line);
  if (section)
    out.push('', `## ${section[1]}`, '', '| variable | default | meaning |', '| --- | --- | --- |');
  const setting = /^#([A-Z][A-Z0-9_]+)=(.*)$/.exec(line);
  if (setting)
    out.push(`| \`${setting[1]}\` | ${setting[2] ? `\`${setting[2]}\`` : ''} | ${lines[i - 1]?.slice(2)} |`);
});
writeFileSync('docs/configuration.md', `${out.join('\n')}\n`);
