import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { connectionShape } from '#platform/config.ts';
import { subgraphs } from '#schema/events.ts';

import { readConfig as readRouter } from '../router/config.ts';

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

  const production: Record<string, string> = {
    ENVIRONMENT: 'production',
    JWT_SECRET: 'Yd0wCk3pQmVn8sR1tLxZ5bHjG7fEaUuT2iO9vN4cW6k',
    INTERNAL_TOKEN_SECRET: 'q0kV5x1Lw8ZeZt3yBmNp7rHs6dGcJaQfTuI2oX9vE4A',
  };
  test.each([
    ['every origin', 'CORS_ORIGINS', '*'],
    ['every origin among others', 'CORS_ORIGINS', 'https://shop.example, *'],
    ['one secret for two', 'JWT_SECRET', production['INTERNAL_TOKEN_SECRET'] ?? ''],
    ['the secret of the guide', 'JWT_SECRET', 'your-256-bit-secret-key-change-in-production'],
  ])('the router takes not %s in production', (_what, name, value) => {
    expect(readRouter({ ...production, CORS_ORIGINS: 'https://shop.example' })).toMatchObject({
      environment: 'production',
    });
    const start = () => readRouter({ ...production, [name]: value });
    expect(start).toThrow(name);
    expect(start).not.toThrow(value);
  });
});
