import { writeFileSync } from 'node:fs';

import { migrationNames } from './migrate.ts';

/** Writes an empty migration, newer than all others of its folder. Answers its path. */
export function writeMigration(folder: string, title: string, now = new Date()): string {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(title))
    throw new Error('a migration is named like this: order-notes');
  const time = now.toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const last = migrationNames(folder).at(-1)?.slice(0, 14) ?? '';
  if (time <= last) throw new Error(`the last migration is of the future: ${last}`);
  const className = title.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
  const file = `${folder}/${time}-${title}.ts`;
  writeFileSync(file, template(className), { flag: 'wx' });
  return file;
}

const template = (className: string): string => `import { Migration } from '@mikro-orm/migrations';

/** What it is for. The version before runs on it, too: docs/migrations.md has the rules, test/migrations.test.ts holds them. */
export class ${className} extends Migration {
  override up(): void {
    this.addSql(\`\`);
  }

  override down(): void {
    this.addSql(\`\`);
  }
}
`;
