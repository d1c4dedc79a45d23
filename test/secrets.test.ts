import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { subgraphs } from '#schema/events.ts';

import { readConfig } from '../router/config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const secrets = (...args: readonly string[]): string =>
  execFileSync(process.execPath, ['scripts/secrets.ts', ...args], { encoding: 'utf8' });
const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('make setup writes .env with random secrets, for its owner alone, and never over one that is there', () => {
  const file = join(folder, '.env');
  expect(secrets('env', file)).toContain('readable by you alone');
  expect(modeOf(file)).toBe(0o600);
  const text = readFileSync(file, 'utf8');
  const set = new Map(
    [...text.matchAll(/^([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  for (const name of ['JWT_SECRET', 'INTERNAL_TOKEN_SECRET', 'GUEST_TOKEN_SECRET', 'POSTGRES_PASSWORD'])
    expect(set.get(name)).toMatch(/^[0-9a-f]{64}$/);
  for (const name of subgraphs) expect(set.get(`${name.toUpperCase()}_DATABASE_PASSWORD`)).toHaveLength(64);
  expect(new Set(set.values()).size).toBe(set.size);
  const example = readFileSync('.env.example', 'utf8');
  for (const value of set.values()) expect(example).not.toContain(value);

  expect(secrets('env', file)).toContain('is there already');
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('make secrets writes a file for each, which production takes, and fills gaps only', () => {
  const made = join(folder, 'secrets');
  expect(secrets('files', made)).toContain('for you to fill');
  expect(modeOf(made)).toBe(0o700);
  const read = (): Map<string, string> =>
    new Map(readdirSync(made).map(name => [name, readFileSync(join(made, name), 'utf8').trim()]));
  const first = read();
  const filled = [...first.values()].filter(value => value !== '');
  expect(new Set(filled).size).toBe(filled.length);
  const passwords = subgraphs.map(
    name => new URL(first.get(`${name.toUpperCase()}_DATABASE_URL`) ?? '').password,
  );
  expect(new Set(passwords).size).toBe(subgraphs.length);
  expect(Math.min(...passwords.map(({ length }) => length))).toBeGreaterThanOrEqual(32);

  const config = readConfig({
    ENVIRONMENT: 'production',
    JWT_SECRET_FILE: join(made, 'JWT_SECRET'),
    INTERNAL_TOKEN_SECRET_FILE: join(made, 'INTERNAL_TOKEN_SECRET'),
  });
  expect(config.internalTokenSecret).toBe(first.get('INTERNAL_TOKEN_SECRET'));

  rmSync(join(made, 'JWT_SECRET'));
  secrets('files', made);
  const second = read();
  expect(second.get('JWT_SECRET')).toMatch(/^[0-9a-f]{64}$/);
  expect(second.get('JWT_SECRET')).not.toBe(first.get('JWT_SECRET'));
  second.set('JWT_SECRET', first.get('JWT_SECRET') ?? '');
  expect(Object.fromEntries(second)).toEqual(Object.fromEntries(first));
});
