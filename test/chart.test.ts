import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { connectionShape } from '#platform/config.ts';

import { generatedChartFiles } from '../deploy/chart/files.ts';
import { schemaOf } from '../deploy/chart/schema.ts';
import { readValues } from '../deploy/chart/values.ts';
import { otherwise, readVariables, secretVariables, services, settable } from '../deploy/chart/variables.ts';

const values = readFileSync('helm/values.yaml', 'utf8');
const example = readFileSync('.env.example', 'utf8');

/** The variables that the configuration of a service asks its environment for. */
async function asked(service: string): Promise<string[]> {
  const path = service === 'router' ? '../router/config.ts' : `../subgraphs/${service}/config.ts`;
  const { readConfig } = (await import(path)) as { readConfig(env: Record<string, string>): unknown };
  const names = new Set<string>();
  const filled: Record<string, string> = {
    STRIPE_SECRET_KEY: 'sk_test_0123',
    STRIPE_WEBHOOK_SECRET: 'whsec_0123',
  };
  const env = new Proxy<Record<string, string>>(
    {},
    {
      get: (_target, key) => {
        const name = String(key);
        if (!name.endsWith('_FILE')) names.add(name);
        if (name.endsWith('_DATABASE_URL')) return 'postgresql://localhost/x';
        return (
          filled[name] ?? (name.endsWith('_SECRET') ? `${name}-0123456789-0123456789-0123456789` : undefined)
        );
      },
    },
  );
  readConfig(env);
  return [...names, ...Object.keys(connectionShape)];
}

describe('the chart', () => {
  test.each([...generatedChartFiles()])('%s is as node scripts/chart.ts makes it', (path, text) => {
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('a value without a description, and a description without a value, are found', () => {
    expect(() => readValues(`${values}\nnobody: 1\n`)).toThrow('nobody has no @param');
    expect(() => readValues(values.replace('  pullPolicy:', '  other:'))).toThrow('image.pullPolicy');
    const odd = '# @section One\n# @param a [maximal 3] Something\na: 1\n';
    expect(() => schemaOf(readValues(odd), example)).toThrow('maximal 3');
  });

  test('no object of the schema takes a field that nobody knows, but for those that are not the chart’s', () => {
    const open: string[] = [];
    const look = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { type, additionalProperties } = node as { type?: unknown; additionalProperties?: unknown };
      if (type === 'object' && additionalProperties === undefined) open.push(path);
      for (const [key, value] of Object.entries(node)) look(value, path === '' ? key : `${path}.${key}`);
    };
    look(schemaOf(readValues(values), example), '');
    expect(open.map(path => path.replace(/(?<=^|\.)(properties|definitions)\./g, '')).toSorted()).toEqual([
      'affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution.items',
      'affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution.items',
      'affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.items',
      'env.items.valueFrom',
      'global',
      'named.items',
      'podSecurityContext.seLinuxOptions',
      'podSecurityContext.windowsOptions',
      'router.engine.config',
      'securityContext.seLinuxOptions',
      'securityContext.windowsOptions',
    ]);
    for (const { path, modifiers, value } of readValues(values).flatMap(({ params }) => params))
      if (typeof value === 'object') expect(modifiers, `${path} says what it is made of`).not.toEqual([]);
  });

  test.each(services)('every variable that %s reads has a place in the values', async service => {
    const variables = readVariables(example);
    const open = new Set(settable(variables, service).map(({ name }) => name));
    const secret = new Set<string>(secretVariables);
    const homeless = (await asked(service)).filter(
      name => !open.has(name) && !secret.has(name) && !(name in otherwise),
    );
    expect(homeless).toEqual([]);
  });

  test('no secret can be given where a ConfigMap would show it, and none is forgotten', () => {
    const variables = readVariables(example);
    const open = new Set(
      [undefined, ...services].flatMap(name => settable(variables, name).map(each => each.name)),
    );
    expect(secretVariables.filter(name => open.has(name))).toEqual([]);
    const suspicious = [...open].filter(name => /SECRET|PASSWORD$|_KEY$|_URL$/.test(name)).toSorted();
    // Addresses without credentials, and a key that is public.
    expect(suspicious).toEqual([
      'INVENTORY_SUBGRAPH_URL',
      'JWKS_URL',
      'NOTIFICATIONS_SUBGRAPH_URL',
      'ORDERS_SUBGRAPH_URL',
      'PAYMENTS_SUBGRAPH_URL',
      'PRODUCTS_SUBGRAPH_URL',
      'PUBLIC_URL',
      'SENDGRID_WEBHOOK_PUBLIC_KEY',
      'STOREFRONT_URL',
      'USERS_SUBGRAPH_URL',
    ]);
  });
});
