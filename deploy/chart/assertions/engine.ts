import assert from 'node:assert/strict';

import { parse } from 'yaml';

import { type Manifest, type Values, find, render } from '../../support/helm.ts';
import { allows } from '../network.ts';
import { faultsOfPod } from '../restricted.ts';

const hosts = {
  ingress: { enabled: true, hosts: ['api.example'] },
  httpRoute: { enabled: true, hosts: ['api.example'], parentRefs: [{ name: 'public' }] },
};
const valuesOf = (kind: string, config: Values = {}): Values => ({
  ...hosts,
  router: { engine: { kind, image: `${kind}:1`, config } },
});

export const engine = {
  'Apollo Router or Hive Router answers in place of ours, behind the identity proxy': () => {
    for (const kind of ['apollo', 'hive']) {
      const all = render(valuesOf(kind), ['--kube-version', '1.30.0']);
      const pod = find(all, 'Deployment', 'shop-router').spec.template.spec;
      assert.deepEqual(faultsOfPod(pod), []);
      const [proxy, other] = pod.containers;
      demandProxy(all, proxy);
      demandOther(kind, all, other);
      assert.deepEqual(pod.initContainers[0].args, [
        'scripts/engine-supergraph.ts',
        '/app/schema/supergraph.graphql',
        '/etc/engine/supergraph/supergraph.graphql',
        'http://127.0.0.1:4100',
      ]);
      demandWays(all, pod);
    }
    demandOwnConfig();
    const [own, before] = [render(hosts), render({ ...hosts, router: { engine: { kind: 'node' } } })];
    assert.deepEqual(own, before);
    assert.ok(!JSON.stringify(own).includes('engine'), 'nothing of it where our own router runs');
  },
};

/** The identity proxy has the secrets, and listens for subgraphs' requests on loopback alone. */
function demandProxy(all: readonly Manifest[], proxy: Manifest): void {
  assert.equal(proxy.args.at(-1), 'router/identity/main.ts');
  const { data } = find(all, 'ConfigMap', 'shop-router');
  assert.deepEqual([data.ROUTER_PORT, data.ROUTER_IDENTITY_PORT], ['8001', '4100']);
  assert.match(data.ORDERS_SUBGRAPH_URL, /shop-orders\.shop\.svc/);
  assert.deepEqual(
    proxy.ports.map((each: Manifest) => [each.name, each.containerPort]),
    [
      ['pages', 8001],
      ['admin', 8080],
    ],
  );
  assert.equal(proxy.readinessProbe.httpGet.port, 'pages');
}

/** The other router has no secret, the settings that are for it, and what the proxy needs of a client passed on. */
function demandOther(kind: string, all: readonly Manifest[], other: Manifest): void {
  assert.equal(other.image, `${kind}:1`);
  assert.ok(!JSON.stringify(other).includes('secret'), 'it signs nothing');
  assert.equal(other.lifecycle.preStop.sleep.seconds, 10);
  const config = parse(find(all, 'ConfigMap', 'shop-router-engine').data['router.yaml']) as Manifest;
  assert.deepEqual(
    config.headers.all.request.map((each: Manifest) => each.propagate.named),
    ['authorization', 'user-agent', 'x-forwarded-for'],
  );
  const env = Object.fromEntries(other.env.map((each: Manifest) => [each.name, each.value]));
  const [file, supergraph] = ['/etc/engine/config/router.yaml', '/etc/engine/supergraph/supergraph.graphql'];
  if (kind === 'apollo') {
    assert.deepEqual(
      [env['APOLLO_ROUTER_CONFIG_PATH'], env['APOLLO_ROUTER_SUPERGRAPH_PATH'], config.supergraph.listen],
      [file, supergraph, '0.0.0.0:8000'],
    );
    assert.equal(other.readinessProbe.httpGet.port, 'engine-health');
  } else {
    assert.deepEqual(
      [env['ROUTER_CONFIG_FILE_PATH'], config.supergraph.path, config.http.port],
      [file, supergraph, 8000],
    );
    assert.equal(other.readinessProbe.httpGet.path, '/readiness');
  }
}

/** GraphQL goes to the other router, webhooks and pages to the proxy, nobody to its port for subgraphs. */
function demandWays(all: readonly Manifest[], pod: Manifest): void {
  const wanted = {
    '/graphql': 8000,
    '/webhooks': 8001,
    '/unsubscribe': 8001,
    '/.well-known/jwks.json': 8001,
  };
  const service = find(all, 'Service', 'shop-router').spec.ports;
  const portNamed = (name: string): number => service.find((each: Manifest) => each.name === name).port;
  const paths = find(all, 'Ingress', 'shop-router').spec.rules[0].http.paths;
  assert.deepEqual(
    Object.fromEntries(paths.map((each: Manifest) => [each.path, portNamed(each.backend.service.port.name)])),
    wanted,
  );
  const rules: Manifest[] = find(all, 'HTTPRoute', 'shop-router').spec.rules;
  const routed = rules.flatMap(({ matches, backendRefs }) =>
    matches.map((each: Manifest) => [each.path.value, backendRefs[0].port]),
  );
  assert.deepEqual(Object.fromEntries(routed), wanted);
  const policies = all.filter(each => each.kind === 'NetworkPolicy');
  const ports = pod.containers.flatMap((each: Manifest) => each.ports);
  const { labels } = find(all, 'Deployment', 'shop-router').spec.template.metadata;
  const router = {
    namespace: 'shop',
    labels,
    ports: Object.fromEntries(ports.map((each: Manifest) => [each.name, each.containerPort])),
  };
  const ingress = { namespace: 'ingress-nginx', labels: { app: 'nginx' } };
  const open = [8000, 8001, 8088, 4100].filter(port => allows(policies, ingress, router, port));
  assert.deepEqual(open, [8000, 8001]);
  const test = find(all, 'Job', 'shop-test').spec.template.spec.containers[0].env;
  assert.deepEqual(test[1], { name: 'STATUS', value: 'http://shop-router:8001' });
}

/** Settings of one's own go over the chart's, and a change of them replaces pods. */
function demandOwnConfig(): void {
  const made = (config: Values): { config: Manifest; checksum: string } => {
    const all = render(valuesOf('apollo', config));
    return {
      config: parse(find(all, 'ConfigMap', 'shop-router-engine').data['router.yaml']),
      checksum: find(all, 'Deployment', 'shop-router').spec.template.metadata.annotations['checksum/engine'],
    };
  };
  const [usual, own] = [made({}), made({ supergraph: { introspection: true }, limits: { max_depth: 20 } })];
  assert.equal(usual.config.supergraph.introspection, false);
  assert.deepEqual(
    [own.config.supergraph.introspection, own.config.supergraph.path, own.config.limits.max_depth],
    [true, '/graphql', 20],
  );
  assert.notEqual(own.checksum, usual.checksum);
}
