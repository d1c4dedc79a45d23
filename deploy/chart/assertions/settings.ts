import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Manifest, type Values, find, ofKind, podsOf, render } from '../../support/helm.ts';
import { type ServiceName, readVariables, secretVariables, services, settable } from '../variables.ts';
import { everySet } from './pods.ts';

const example = readFileSync(join(import.meta.dirname, '../../../.env.example'), 'utf8');
const podOf = (manifests: readonly Manifest[], name: string): Manifest =>
  find(manifests, 'Deployment', `shop-${name}`).spec.template.spec;
const subgraphs = services.filter(name => name !== 'router');
const needed: Record<ServiceName, string[]> = {
  users: ['JWT_SECRET', 'USERS_DATABASE_URL'],
  products: ['PRODUCTS_DATABASE_URL'],
  inventory: ['INVENTORY_DATABASE_URL'],
  orders: ['GUEST_TOKEN_SECRET', 'ORDERS_DATABASE_URL'],
  payments: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'PAYMENTS_DATABASE_URL'],
  notifications: ['NOTIFICATIONS_SECRET', 'NOTIFICATIONS_DATABASE_URL'],
  router: ['JWT_SECRET'],
};

export const settings = {
  'existing Secrets fill every secret variable': () => {
    const rendered = render({ services: { payments: { existingSecret: 'only-payments' } } });
    const all = new Set<string>();
    for (const name of services) {
      const env: Manifest[] = podOf(rendered, name).containers[0].env;
      const must: string[] = env
        .filter(each => each.valueFrom.secretKeyRef.optional !== true)
        .map(each => each.name);
      assert.deepEqual(
        must.toSorted(),
        ['INTERNAL_TOKEN_SECRET', 'RABBITMQ_URL', ...needed[name]].toSorted(),
      );
      for (const { name: variable, valueFrom } of env) {
        all.add(variable);
        assert.equal(valueFrom.secretKeyRef.key, variable);
        assert.equal(valueFrom.secretKeyRef.name, name === 'payments' ? 'only-payments' : 'shop-secrets');
      }
    }
    assert.deepEqual([...all].toSorted(), [...secretVariables].toSorted());
    assert.deepEqual(ofKind(rendered, 'Secret'), []);
  },
  'secrets can be files': () => {
    const rendered = render({
      secrets: { asFiles: true, existingSecret: 'vault' },
      defaults: { optionalSecrets: ['REDIS_URL'] },
    });
    for (const name of services) {
      const { volumes, containers } = podOf(rendered, name);
      const { projected } = volumes.find((each: Manifest) => each.name === 'secrets');
      const files = projected.sources.map(({ secret }: Manifest) => secret.items[0].path);
      assert.deepEqual(
        files.toSorted(),
        ['INTERNAL_TOKEN_SECRET', 'RABBITMQ_URL', 'REDIS_URL', ...needed[name]].toSorted(),
      );
      assert.deepEqual(
        containers[0].env,
        files.map((file: string) => ({ name: `${file}_FILE`, value: `/etc/shop/secrets/${file}` })),
      );
    }
    assert.ok(!JSON.stringify(podsOf(rendered)).includes('secretKeyRef'), 'no environment shows a secret');
  },
  'an ExternalSecret is there before the first migration': () => {
    const rendered = render({
      secrets: { externalSecret: { enabled: true, storeName: 'vault', remoteKey: 'shop' } },
    });
    const { metadata, spec } = find(rendered, 'ExternalSecret', 'shop-secrets');
    const migration = find(rendered, 'Job', 'shop-users-migration').metadata.annotations;
    assert.equal(metadata.annotations['helm.sh/hook'], migration['helm.sh/hook']);
    assert.ok(Number(metadata.annotations['helm.sh/hook-weight']) < Number(migration['helm.sh/hook-weight']));
    assert.deepEqual(spec.target, {
      name: 'shop-secrets',
      creationPolicy: 'Orphan',
      deletionPolicy: 'Retain',
    });
    assert.deepEqual(spec.dataFrom, [{ extract: { key: 'shop' } }]);
  },
  'the chart makes a Secret for trials': () => {
    const values = {
      secrets: { create: true, values: { STRIPE_SECRET_KEY: 'sk_test_1', JWT_SECRET: 'given' } },
      postgresql: { mode: 'trial' },
      rabbitmq: { mode: 'trial' },
    };
    const secretOf = (): Record<string, string> => find(render(values), 'Secret', 'shop-secrets').stringData;
    const [one, other] = [secretOf(), secretOf()];
    assert.equal(one['JWT_SECRET'], 'given');
    assert.ok((one['INTERNAL_TOKEN_SECRET'] ?? '').length >= 32);
    assert.notEqual(one['INTERNAL_TOKEN_SECRET'], other['INTERNAL_TOKEN_SECRET']);
    assert.match(
      one['ORDERS_DATABASE_URL'] ?? '',
      /^postgresql:\/\/orders:\w{32}@shop-postgresql:5432\/orders_db$/,
    );
    assert.equal(one['RABBITMQ_URL'], `amqp://shop:${one['RABBITMQ_PASSWORD']}@shop-rabbitmq:5672`);
    assert.equal(new Set(Object.values(one)).size, Object.values(one).length, 'no two are the same');
  },
  'no secret is in a ConfigMap': () => {
    for (const rendered of everySet())
      for (const { metadata, data = {} } of ofKind(rendered, 'ConfigMap'))
        for (const name of secretVariables) assert.ok(!(name in data), `${metadata.name}: ${name}`);
  },
  'every variable reaches its service': () => {
    const variables = readVariables(example);
    const values: Record<string, Values> = {};
    for (const name of services)
      values[name] = {
        config: Object.fromEntries(
          settable(variables, name).map((each, i) => [
            each.name,
            each.name.endsWith('_MS') ? i : `value ${i}`,
          ]),
        ),
      };
    const rendered = render({ services: values });
    for (const name of services) {
      const { data } = find(rendered, 'ConfigMap', `shop-${name}`);
      for (const [i, each] of settable(variables, name).entries())
        assert.equal(data[each.name], each.name.endsWith('_MS') ? `${i}` : `value ${i}`, each.name);
      assert.deepEqual(podOf(rendered, name).containers[0].envFrom, [
        { configMapRef: { name: `shop-${name}` } },
      ]);
    }
    const forAll = render({ config: { LOG_LEVEL: 'debug', EVENT_CONCURRENCY: 20, ADMIN_PROFILING: true } });
    for (const name of services) {
      const { LOG_LEVEL, EVENT_CONCURRENCY, ADMIN_PROFILING } = find(
        forAll,
        'ConfigMap',
        `shop-${name}`,
      ).data;
      assert.deepEqual([LOG_LEVEL, EVENT_CONCURRENCY, ADMIN_PROFILING], ['debug', '20', 'true']);
    }
    const large = render({ services: { router: { config: { ROUTER_CACHE_BYTES: 1_073_741_824 } } } });
    assert.equal(find(large, 'ConfigMap', 'shop-router').data.ROUTER_CACHE_BYTES, '1073741824');
  },
  'the router finds the six subgraphs by their Services': () => {
    const rendered = render();
    const { data } = find(rendered, 'ConfigMap', 'shop-router');
    for (const name of subgraphs) {
      const { metadata, spec } = find(rendered, 'Service', `shop-${name}`);
      const port = spec.ports.find((each: Manifest) => each.name === 'http').port;
      assert.equal(
        data[`${name.toUpperCase()}_SUBGRAPH_URL`],
        `http://${metadata.name}.${metadata.namespace}.svc.cluster.local:${port}/graphql`,
      );
      assert.equal(find(rendered, 'ConfigMap', `shop-${name}`).data[`${name.toUpperCase()}_PORT`], `${port}`);
    }
  },
  'a changed setting replaces pods': () => {
    const annotations = (values: Values, name: string): Manifest =>
      find(render(values), 'Deployment', `shop-${name}`).spec.template.metadata.annotations;
    const before = annotations({}, 'users');
    assert.match(before['checksum/config'], /^[0-9a-f]{64}$/);
    assert.deepEqual(
      annotations({ services: { orders: { config: { LOG_LEVEL: 'debug' } } } }, 'users'),
      before,
    );
    assert.notEqual(
      annotations({ config: { LOG_LEVEL: 'debug' } }, 'users')['checksum/config'],
      before['checksum/config'],
    );
    const made = (key: string): Values => ({
      secrets: { create: true, values: { STRIPE_SECRET_KEY: key } },
      postgresql: { mode: 'trial' },
      rabbitmq: { mode: 'trial' },
    });
    const [one, same, other] = ['sk_test_1', 'sk_test_1', 'sk_test_2'].map(
      key => annotations(made(key), 'payments')['checksum/secrets'],
    );
    assert.equal(one, same);
    assert.notEqual(one, other);
  },
  'the supergraph comes from the image, a ConfigMap or GraphOS': () => {
    const routerOf = (supergraph: Values): { data: Manifest; pod: Manifest; all: Manifest[] } => {
      const all = render({ router: { supergraph } });
      return { data: find(all, 'ConfigMap', 'shop-router').data, pod: podOf(all, 'router'), all };
    };
    assert.equal(routerOf({}).data.SUPERGRAPH_PATH, '/app/schema/supergraph.graphql');
    assert.equal(
      routerOf({ variant: 'storefront' }).data.SUPERGRAPH_PATH,
      '/app/schema/supergraph-storefront.graphql',
    );
    const own = routerOf({ source: 'configMap', sdl: 'type Query {\n  "a {{ b }}"\n  a: Int\n}' });
    assert.equal(
      find(own.all, 'ConfigMap', 'shop-supergraph').data['supergraph.graphql'],
      'type Query {\n  "a {{ b }}"\n  a: Int\n}',
    );
    assert.equal(own.data.SUPERGRAPH_PATH, '/etc/shop/supergraph/supergraph.graphql');
    assert.deepEqual(own.pod.volumes[1], { name: 'supergraph', configMap: { name: 'shop-supergraph' } });
    const uplink = routerOf({ source: 'uplink', graphRef: 'shop@current' });
    assert.deepEqual(
      [uplink.data.SUPERGRAPH_PATH, uplink.data.APOLLO_GRAPH_REF],
      [undefined, 'shop@current'],
    );
    const key = uplink.pod.containers[0].env.find((each: Manifest) => each.name === 'APOLLO_KEY');
    assert.equal(key.valueFrom.secretKeyRef.optional, undefined);
  },
  'persisted operations come from a ConfigMap': () => {
    const all = render({
      router: { persistedOperations: { mode: 'enforce', existingConfigMap: 'operations' } },
    });
    const { data } = find(all, 'ConfigMap', 'shop-router');
    assert.deepEqual(
      [data.PERSISTED_OPERATIONS_MODE, data.PERSISTED_OPERATIONS_MANIFEST],
      ['enforce', '/etc/shop/operations/manifest.json'],
    );
    assert.deepEqual(podOf(all, 'router').volumes[1], {
      name: 'operations',
      configMap: { name: 'operations' },
    });
  },
};
