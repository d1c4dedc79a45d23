import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { type Manifest, type Values, chart, ofKind, podsOf, render } from '../../support/helm.ts';
import { type Party, allows } from '../network.ts';
import { services } from '../variables.ts';

const subgraphs = services.filter(name => name !== 'router');
const portOf = (name: string): number => (name === 'router' ? 8000 : 9001 + subgraphs.indexOf(name as never));
const adminOf = (name: string): number =>
  name === 'router' ? 8080 : 9101 + subgraphs.indexOf(name as never);

const outside: Record<string, Party> = {
  ingress: { namespace: 'ingress-nginx', labels: { app: 'nginx' } },
  prometheus: { namespace: 'monitoring', labels: { app: 'prometheus' } },
  stranger: { namespace: 'default', labels: { app: 'stranger' } },
  neighbour: {
    namespace: 'shop',
    labels: { 'app.kubernetes.io/name': 'neighbour', 'app.kubernetes.io/instance': 'shop' },
  },
  dns: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  stripe: { ip: '3.18.12.63' },
  metadata: { ip: '169.254.169.254' },
  inside: { ip: '10.1.2.3' },
};

/** Pods that operators make of the chart's resources, with the labels that they give them. */
const operatorsPods: readonly (readonly [string, Party])[] = [
  ...subgraphs.flatMap(name => [
    [`${name}-db`, { namespace: 'shop', labels: { 'cnpg.io/cluster': `shop-${name}-db` } }] as const,
    [
      `${name}-pooler`,
      { namespace: 'shop', labels: { 'cnpg.io/poolerName': `shop-${name}-db-pooler` } },
    ] as const,
  ]),
  [
    'rabbit',
    {
      namespace: 'shop',
      labels: { 'app.kubernetes.io/component': 'rabbitmq', 'app.kubernetes.io/name': 'shop-rabbitmq' },
    },
  ],
  // This operator hands on the labels of its resource: the release's default of nobody is meant for it, too.
  ['cache', { namespace: 'shop', labels: { app: 'shop-redis', 'app.kubernetes.io/instance': 'shop' } }],
];

/** Every pod that the values make, by its name label. */
function partiesOf(manifests: readonly Manifest[]): Record<string, Party> {
  const parties = { ...outside };
  for (const { labels, spec } of podsOf(manifests)) {
    const ports = spec.containers.flatMap((each: Manifest) => each.ports ?? []);
    parties[labels['app.kubernetes.io/name']] = {
      namespace: 'shop',
      labels,
      ports: Object.fromEntries(ports.map((each: Manifest) => [each.name, each.containerPort])),
    };
  }
  return parties;
}

/** `from → to:port` of all connections that could be opened between any two, of all ports that anybody listens on. */
function connections(values: Values, more: Record<string, Party> = {}): Set<string> {
  const rendered = render(values);
  const policies = ofKind(rendered, 'NetworkPolicy');
  const parties = Object.entries({ ...partiesOf(rendered), ...more });
  const ports = [
    53,
    443,
    587,
    4318,
    5432,
    5671,
    5672,
    6379,
    8000,
    8001,
    8080,
    8443,
    9121,
    9127,
    9187,
    15_672,
    15_692,
    ...subgraphs.flatMap(name => [portOf(name), adminOf(name)]),
  ];
  const found = new Set<string>();
  for (const [from, one] of parties)
    for (const [to, other] of parties)
      for (const port of ports)
        if (from !== to && !(from in outside && to in outside) && allows(policies, one, other, port))
          found.add(`${from} → ${to}:${port}`);
  return found;
}

function expected(stores: (name: string) => string[]): Set<string> {
  return new Set([
    ...subgraphs.map(name => `router → ${name}:${portOf(name)}`),
    'ingress → router:8000',
    'test → router:8000',
    ...services.map(name => `prometheus → ${name}:${adminOf(name)}`),
    ...[...services, 'test', ...subgraphs.map(name => `${name}-migration`)].map(name => `${name} → dns:53`),
    'payments → stripe:443',
    'notifications → stripe:443',
    ...[...services, ...subgraphs.map(name => `${name}-migration`)].flatMap(stores),
  ]);
}

const difference = (one: Set<string>, other: Set<string>): string[] =>
  [...one].filter(each => !other.has(each));
function demandSame(found: Set<string>, wanted: Set<string>): void {
  assert.deepEqual(
    { toomuch: difference(found, wanted), missing: difference(wanted, found) },
    { toomuch: [], missing: [] },
  );
}

export const network = {
  'network policies allow what is needed and nothing else': () => {
    const values = {
      networkPolicy: {
        databaseTo: [{ ipBlock: { cidr: '10.1.2.3/32' } }],
        busTo: [{ ipBlock: { cidr: '10.1.2.3/32' } }],
        cacheTo: [{ ipBlock: { cidr: '10.1.2.3/32' } }],
      },
    };
    const bus = ['inside:5671', 'inside:5672', 'inside:6379'];
    demandSame(
      connections(values),
      expected(name => {
        const open =
          name === 'router' ? bus : name.endsWith('-migration') ? ['inside:5432'] : ['inside:5432', ...bus];
        return open.map(to => `${name} → ${to}`);
      }),
    );
    assert.deepEqual(ofKind(render({ networkPolicy: { enabled: false } }), 'NetworkPolicy'), []);
    const closed = connections({ networkPolicy: { ingressFrom: [] }, tests: { enabled: false } });
    assert.ok(
      ![...closed].some(each => each.endsWith('router:8000')),
      'nobody named is nobody, not everybody',
    );
    const mail = connections({ networkPolicy: { mailPorts: [587] } });
    assert.deepEqual(
      [...mail].filter(each => each.endsWith('stripe:587')),
      ['notifications → stripe:587'],
    );
  },
  'network policies open what is switched on, and to whom it belongs': () => {
    const here = [{ ipBlock: { cidr: '10.1.2.3/32' } }];
    const networkPolicy = { databaseTo: here, busTo: here, cacheTo: here, tracesTo: here };
    const before = connections({ networkPolicy });
    const more = (values: Values): Set<string> => {
      const found = connections({ networkPolicy, ...values });
      assert.deepEqual(difference(before, found), [], 'nothing is closed by it');
      return new Set(difference(found, before));
    };
    const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
    demandSame(more({ config: collector }), new Set(services.map(name => `${name} → inside:4318`)));
    demandSame(
      more({ router: { supergraph: { source: 'uplink', graphRef: 'shop@current' } } }),
      new Set(['router → stripe:443']),
    );
    demandSame(more({ backup: { enabled: true } }), new Set(['backup → inside:5432', 'backup → dns:53']));
    const ports = [{ port: 8443 }];
    const own = {
      extraIngress: [{ from: [{ podSelector: {} }], ports }],
      extraEgress: [{ to: here, ports }],
    };
    const lodger = { lodger: { namespace: 'shop', labels: { app: 'lodger' } } };
    const opened = connections({ networkPolicy, services: { orders: { networkPolicy: own } } }, lodger);
    demandSame(
      new Set([...opened].filter(each => /orders.*:8443$/.test(each))),
      new Set(['orders → inside:8443', 'lodger → orders:8443']),
    );
    const engine = connections({ networkPolicy, router: { engine: { kind: 'hive', image: 'hive:1' } } });
    demandSame(new Set(difference(engine, before)), new Set(['ingress → router:8001', 'test → router:8001']));
  },
  'network policies follow the stores of the release': () => {
    const trial = parse(readFileSync(join(chart, 'ci/trial-values.yaml'), 'utf8'));
    demandSame(
      connections(trial),
      expected(name => {
        const others = ['rabbitmq:5672', 'redis:6379'];
        const open =
          name === 'router'
            ? others
            : name.endsWith('-migration')
              ? ['postgresql:5432']
              : ['postgresql:5432', ...others];
        return open.map(to => `${name} → ${to}`);
      }),
    );
  },
  'network policies let nobody to the stores of operators who has no business there': () => {
    const values = {
      ...parse(readFileSync(join(chart, 'ci/operators-values.yaml'), 'utf8')),
      backup: { enabled: true },
    };
    const operated = connections(values, {
      ...Object.fromEntries(operatorsPods),
      scaler: { namespace: 'keda', labels: { app: 'keda-operator' } },
      'pg-operator': { namespace: 'cnpg-system', labels: {} },
      'mq-operator': { namespace: 'rabbitmq-system', labels: {} },
      'redis-operator': { namespace: 'redis-operator', labels: {} },
      // Nothing holds it back from opening connections: what counts is that none is taken.
      lodger: { namespace: 'shop', labels: { app: 'lodger' } },
    });
    const stores = new Set(operatorsPods.map(([name]) => name));
    const found = new Set([...operated].filter(each => stores.has(each.split(/ → |:/)[1] ?? '')));
    const toAll = (to: string): string[] => services.map(name => `${name} → ${to}`);
    demandSame(
      found,
      new Set([
        ...subgraphs.flatMap(name => [
          `${name} → ${name}-db:5432`,
          `${name}-migration → ${name}-db:5432`,
          `${name}-pooler → ${name}-db:5432`,
          `${name} → ${name}-pooler:5432`,
          `backup → ${name}-db:5432`,
          `pg-operator → ${name}-db:5432`,
          `pg-operator → ${name}-db:8000`,
          `prometheus → ${name}-db:9187`,
          `prometheus → ${name}-pooler:9127`,
        ]),
        ...toAll('rabbit:5672'),
        'scaler → rabbit:5672',
        'mq-operator → rabbit:15672',
        'prometheus → rabbit:15692',
        ...toAll('cache:6379'),
        'redis-operator → cache:6379',
        'prometheus → cache:9121',
      ]),
    );
  },
};
