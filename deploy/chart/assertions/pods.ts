import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { type Manifest, chart, find, ofKind, podsOf, render } from '../../support/helm.ts';
import { faultsOfPod } from '../restricted.ts';
import { services } from '../variables.ts';

const container = (manifests: readonly Manifest[], name: string): Manifest =>
  find(manifests, 'Deployment', `shop-${name}`).spec.template.spec.containers[0];
const deployments = (manifests: readonly Manifest[]): Manifest[] =>
  services.map(name => find(manifests, 'Deployment', `shop-${name}`));

/** Every set of values in helm/ci, rendered. */
export function everySet(): Manifest[][] {
  return readdirSync(join(chart, 'ci')).map(file =>
    render(parse(readFileSync(join(chart, 'ci', file), 'utf8'))),
  );
}

export const pods = {
  'one template makes all seven services': () => {
    const rendered = render();
    for (const kind of [
      'Deployment',
      'Service',
      'ServiceAccount',
      'PodDisruptionBudget',
      'HorizontalPodAutoscaler',
      'NetworkPolicy',
      'ConfigMap',
    ])
      for (const name of services) find(rendered, kind, `shop-${name}`);
    assert.deepEqual(
      services.map(name => container(rendered, name).args.at(-1)),
      services.map(name => (name === 'router' ? 'router/main.ts' : `subgraphs/${name}/main.ts`)),
    );
    assert.deepEqual(
      services.map(name =>
        find(rendered, 'Service', `shop-${name}`).spec.ports.map((each: Manifest) => each.port),
      ),
      [
        [9001, 9101],
        [9002, 9102],
        [9003, 9103],
        [9004, 9104],
        [9005, 9105],
        [9006, 9106],
        [8000, 8080],
      ],
    );
    assert.deepEqual(container(rendered, 'router').args, ['--max-semi-space-size=64', 'router/main.ts']);
    const fewer = render({ services: { payments: { enabled: false } } });
    assert.deepEqual(
      fewer.filter(each => each.metadata.name === 'shop-payments'),
      [],
    );
  },
  'the image is named by tag or by digest': () => {
    const image = (values: object): string => container(render({ image: values }), 'users').image;
    const { appVersion } = parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8'));
    assert.equal(image({}), `shop-supergraph:${appVersion}`);
    assert.equal(image({ registry: 'r.example', tag: '1.2.3' }), 'r.example/shop-supergraph:1.2.3');
    const digest = `sha256:${'a'.repeat(64)}`;
    const pinned = render({ image: { tag: '1.2.3', digest, pullSecrets: ['one'] } });
    for (const { name, spec } of podsOf(pinned)) {
      assert.deepEqual(spec.imagePullSecrets, [{ name: 'one' }], name);
      for (const each of [...(spec.initContainers ?? []), ...spec.containers])
        assert.equal(each.image, `shop-supergraph@${digest}`, name);
    }
  },
  'startup, readiness and liveness are asked separately': () => {
    const rendered = render({ router: { tls: { enabled: true } } });
    for (const name of services) {
      const { startupProbe, readinessProbe, livenessProbe } = container(rendered, name);
      const asked = [startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet);
      const scheme = name === 'router' ? { scheme: 'HTTPS' } : {};
      assert.deepEqual(asked, [
        { path: '/health/live', port: 'http', ...scheme },
        { path: '/health/ready', port: 'http', ...scheme },
        { path: '/health/live', port: 'http', ...scheme },
      ]);
      assert.ok(startupProbe.periodSeconds * startupProbe.failureThreshold >= 60, 'a slow start is no death');
      assert.ok(
        readinessProbe.periodSeconds * readinessProbe.failureThreshold <= 10,
        'trouble is noticed soon',
      );
      assert.ok(
        livenessProbe.periodSeconds * livenessProbe.failureThreshold >= 30,
        'a restart is the last resort',
      );
    }
  },
  'a pod leaves the Service before SIGTERM and has time to drain': () => {
    for (const { spec } of deployments(render())) {
      const { terminationGracePeriodSeconds: grace, containers } = spec.template.spec;
      const { seconds } = containers[0].lifecycle.preStop.sleep;
      assert.ok(seconds >= 5);
      assert.ok(
        seconds + 15 < grace,
        'what the service itself takes, SHUTDOWN_GRACE_MS, ends before the kill',
      );
    }
    const old = render({}, ['--kube-version', '1.28.0']);
    assert.deepEqual(container(old, 'users').lifecycle.preStop.exec.command, [
      'node',
      '-e',
      'setTimeout(() => {}, 10000)',
    ]);
    assert.equal(container(render({ defaults: { preStopSeconds: 0 } }), 'users').lifecycle, undefined);
    assert.throws(() => render({ config: { SHUTDOWN_GRACE_MS: 60_000 } }), /must be longer/);
  },
  'a rollout takes no pod away before its successor is ready': () => {
    for (const { spec } of deployments(render()))
      assert.deepEqual(spec.strategy, {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 },
      });
  },
  'a PodDisruptionBudget for every service': () => {
    const rendered = render({ services: { orders: { podDisruptionBudget: { minAvailable: '50%' } } } });
    for (const name of services) {
      const { spec } = find(rendered, 'PodDisruptionBudget', `shop-${name}`);
      const { matchLabels } = find(rendered, 'Deployment', `shop-${name}`).spec.selector;
      assert.deepEqual(spec.selector.matchLabels, matchLabels);
      assert.equal(spec.minAvailable, name === 'orders' ? '50%' : 1);
    }
    assert.deepEqual(
      ofKind(render({ defaults: { podDisruptionBudget: { enabled: false } } }), 'PodDisruptionBudget'),
      [],
    );
  },
  'a HorizontalPodAutoscaler of 2 to 10 pods at 70 % CPU': () => {
    const rendered = render({ services: { users: { autoscaling: { targetMemory: 80 } } } });
    for (const name of services) {
      const { apiVersion, spec } = find(rendered, 'HorizontalPodAutoscaler', `shop-${name}`);
      assert.equal(apiVersion, 'autoscaling/v2');
      assert.deepEqual(spec.scaleTargetRef, {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: `shop-${name}`,
      });
      assert.deepEqual([spec.minReplicas, spec.maxReplicas], [2, 10]);
      assert.deepEqual(spec.metrics[0].resource, {
        name: 'cpu',
        target: { type: 'Utilization', averageUtilization: 70 },
      });
      assert.equal(spec.metrics.length, name === 'users' ? 2 : 1);
      assert.equal(spec.behavior.scaleDown.stabilizationWindowSeconds, 300);
      assert.equal(
        find(rendered, 'Deployment', `shop-${name}`).spec.replicas,
        undefined,
        'two would fight over it',
      );
    }
    const fixed = render({
      defaults: { autoscaling: { enabled: false } },
      services: { users: { replicas: 0 } },
    });
    assert.deepEqual(ofKind(fixed, 'HorizontalPodAutoscaler'), []);
    assert.deepEqual(
      deployments(fixed).map(({ spec }) => spec.replicas),
      [0, 2, 2, 2, 2, 2, 2],
    );
  },
  'KEDA scales by the queue where it is switched on': () => {
    const rendered = render({
      defaults: { autoscaling: { keda: { enabled: true } } },
      rabbitmq: { mode: 'operator' },
    });
    assert.deepEqual(ofKind(rendered, 'HorizontalPodAutoscaler'), []);
    const { spec } = find(rendered, 'ScaledObject', 'shop-orders');
    assert.deepEqual([spec.minReplicaCount, spec.maxReplicaCount], [2, 10]);
    assert.equal(spec.triggers[1].metadata.queueName, 'orders.events');
    assert.deepEqual(find(rendered, 'TriggerAuthentication', 'shop-orders').spec.secretTargetRef, [
      { parameter: 'host', name: 'shop-rabbitmq-default-user', key: 'connection_string' },
    ]);
    assert.equal(find(rendered, 'ScaledObject', 'shop-router').spec.triggers.length, 1);
  },
  'a VerticalPodAutoscaler where it is switched on': () => {
    const rendered = render({ services: { users: { verticalAutoscaling: { enabled: true } } } });
    const [only, ...more] = ofKind(rendered, 'VerticalPodAutoscaler');
    assert.deepEqual(more, []);
    assert.deepEqual([only.metadata.name, only.spec.updatePolicy.updateMode], ['shop-users', 'Off']);
  },
  'pods are spread over zones and nodes': () => {
    for (const { spec } of deployments(render()))
      assert.deepEqual(
        spec.template.spec.topologySpreadConstraints.map(({ topologyKey, labelSelector }: Manifest) => [
          topologyKey,
          labelSelector.matchLabels,
        ]),
        ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map(key => [
          key,
          spec.selector.matchLabels,
        ]),
      );
    const hard = render({ defaults: { topologySpread: { zone: 'DoNotSchedule', host: 'off' } } });
    const [only, ...more] = find(hard, 'Deployment', 'shop-users').spec.template.spec
      .topologySpreadConstraints;
    assert.deepEqual([only.whenUnsatisfiable, more], ['DoNotSchedule', []]);
  },
  'every pod fits the restricted Pod Security Standard': () => {
    for (const rendered of everySet())
      for (const { name, spec } of podsOf(rendered)) {
        // Containers of one's own are one's own.
        const own = (each: Manifest): boolean => each.image !== 'busybox';
        const ours = {
          ...spec,
          containers: spec.containers.filter(own),
          initContainers: (spec.initContainers ?? []).filter(own),
        };
        assert.deepEqual(faultsOfPod(ours), [], name);
      }
  },
  'no pod has a token of the API server': () => {
    for (const rendered of everySet()) {
      for (const { name, spec } of podsOf(rendered))
        assert.equal(spec.automountServiceAccountToken, false, name);
      for (const each of ofKind(rendered, 'ServiceAccount'))
        assert.equal(each.automountServiceAccountToken, false, each.metadata.name);
    }
  },
};
