import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { connectionShape } from '#platform/config.ts';
import { subgraphs } from '#schema/events.ts';

type ReadConfig = (env: Record<string, string | undefined>) => unknown;

/** The names that a configuration module really asks its environment for, with and without the required ones set. */
async function asked(path: string): Promise<string[]> {
  const { readConfig } = (await import(path)) as { readConfig: ReadConfig };
  const names = new Set<string>();
  const set = (name: string): string | undefined => {
    if (name.endsWith('_DATABASE_URL')) return 'postgresql://localhost/x';
    if (name === 'STRIPE_SECRET_KEY') return 'sk_test_0123456789';
    if (name === 'STRIPE_WEBHOOK_SECRET') return 'whsec_0123456789';
    return name.endsWith('_SECRET') ? 'x'.repeat(40) : undefined;
  };
  for (const value of [() => undefined, set]) {
    const env = new Proxy({} as Record<string, string | undefined>, {
      get: (_target, name) => {
        if (!String(name).endsWith('_FILE')) names.add(String(name));
        return String(name).endsWith('_FILE') ? undefined : value(String(name));
      },
    });
    try {
      readConfig(env);
    } catch (error) {
      expect((error as Error).message).toContain('bad configuration');
    }
  }
  return [...names];
}

const named = (file: string, pattern: RegExp): string[] =>
  [...readFileSync(file, 'utf8').matchAll(pattern)].map(match => match[1] ?? '').toSorted();

describe('settings', () => {
  test('the code, .env.example and the documentation name the same ones', async () => {
    const modules = [...subgraphs.map(name => `../subgraphs/${name}/config.ts`), '../router/config.ts'];
    const fromCode = new Set((await Promise.all(modules.map(asked))).flat());
    for (const name of [...Object.keys(connectionShape), 'DATA_DIR']) fromCode.add(name);
    const example = named('.env.example', /^#([A-Z][A-Z0-9_]+)=/gm);
    expect(example).toEqual([...fromCode].toSorted());
    expect(named('docs/configuration.md', /^\| `([A-Z][A-Z0-9_]+)`/gm)).toEqual(example);
  });

  test.each(subgraphs)(
    '%s refuses to start without its database and says so by name, not by value',
    async name => {
      const { readConfig } = (await import(`../subgraphs/${name}/config.ts`)) as { readConfig: ReadConfig };
      const secret = 'short-but-secret';
      expect(() => readConfig({ GUEST_TOKEN_SECRET: 'x'.repeat(40), INTERNAL_TOKEN_SECRET: secret })).toThrow(
        /INTERNAL_TOKEN_SECRET/,
      );
      expect(() =>
        readConfig({ GUEST_TOKEN_SECRET: 'x'.repeat(40), INTERNAL_TOKEN_SECRET: secret }),
      ).not.toThrow(secret);
    },
  );
});
