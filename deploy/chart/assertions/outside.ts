import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { type Manifest, chart, find, podsOf, render } from '../../support/helm.ts';
import { runbookLines } from '../../support/runbooks.ts';
import { services } from '../variables.ts';

export const outside = {
  'a ServiceMonitor gives metrics the labels of the boards': () => {
    const rendered = render({
      environment: 'staging',
      monitoring: { serviceMonitor: { enabled: true, labels: { release: 'prometheus' } } },
    });
    for (const name of services) {
      const { metadata, spec } = find(rendered, 'ServiceMonitor', `shop-${name}`);
      assert.equal(metadata.labels.release, 'prometheus');
      const service = find(rendered, 'Service', `shop-${name}`);
      for (const [key, value] of Object.entries(spec.selector.matchLabels))
        assert.equal(service.metadata.labels[key], value);
      assert.ok(service.spec.ports.some((each: Manifest) => each.name === spec.endpoints[0].port));
      const labels = spec.endpoints[0].relabelings.map((each: Manifest) => [
        each.targetLabel,
        each.replacement,
      ]);
      assert.deepEqual(Object.fromEntries(labels), { job: 'shop', service: name, environment: 'staging' });
    }
  },
  'PrometheusRules hold every rule of files/rules': () => {
    const files = readdirSync(join(chart, 'files/rules'));
    const values = (runbookBase: string) => ({
      monitoring: { prometheusRule: { enabled: true, runbookBase } },
    });
    assert.ok(files.length > 0);
    for (const file of files) {
      const rules = parse(readFileSync(join(chart, 'files/rules', file), 'utf8'));
      const name = `shop-${file.replace('.yaml', '')}`;
      assert.deepEqual(find(render(values('')), 'PrometheusRule', name).spec, rules);
      const own = find(render(values('https://wiki.example/')), 'PrometheusRule', name).spec;
      const moved = JSON.stringify(rules).replaceAll(
        /"runbook_url":"[^"]*\//g,
        '"runbook_url":"https://wiki.example/',
      );
      assert.deepEqual(own, JSON.parse(moved));
    }
  },
  'ConfigMaps hold every board of files/dashboards': () => {
    const files = readdirSync(join(chart, 'files/dashboards'));
    const rendered = render({ monitoring: { dashboards: { enabled: true } } });
    assert.ok(files.length > 0);
    for (const file of files) {
      const { metadata, data } = find(rendered, 'ConfigMap', `shop-board-${file.replace('.json', '')}`);
      assert.deepEqual(data, { [file]: readFileSync(join(chart, 'files/dashboards', file), 'utf8') });
      assert.equal(metadata.labels.grafana_dashboard, '1');
      assert.equal(metadata.annotations.grafana_folder, 'Shop');
    }
  },
  'an Ingress shows the public paths with TLS by cert-manager': () => {
    const rendered = render({
      ingress: { enabled: true, hosts: ['api.example'], clusterIssuer: 'letsencrypt' },
    });
    const { metadata, spec } = find(rendered, 'Ingress', 'shop-router');
    assert.equal(metadata.annotations['cert-manager.io/cluster-issuer'], 'letsencrypt');
    assert.deepEqual(spec.tls, [{ secretName: 'shop-router-ingress-tls', hosts: ['api.example'] }]);
    assert.deepEqual(
      spec.rules[0].http.paths.map(({ path, pathType, backend }: Manifest) => [
        path,
        pathType,
        backend.service.name,
      ]),
      ['/graphql', '/webhooks', '/unsubscribe', '/.well-known/jwks.json'].map(path => [
        path,
        'Prefix',
        'shop-router',
      ]),
    );
    assert.equal(find(rendered, 'ConfigMap', 'shop-router').data.TRUSTED_PROXIES, '1');
    assert.equal(find(rendered, 'ConfigMap', 'shop-notifications').data.PUBLIC_URL, 'https://api.example');
    assert.ok(!JSON.stringify(metadata.annotations).includes('rewrite'));
  },
  'an HTTPRoute shows the same paths': () => {
    const rendered = render({
      httpRoute: { enabled: true, hosts: ['api.example'], parentRefs: [{ name: 'public' }] },
    });
    const { spec } = find(rendered, 'HTTPRoute', 'shop-router');
    assert.deepEqual([spec.parentRefs, spec.hostnames], [[{ name: 'public' }], ['api.example']]);
    assert.deepEqual(
      spec.rules[0].matches.map((each: Manifest) => each.path.value),
      ['/graphql', '/webhooks', '/unsubscribe', '/.well-known/jwks.json'],
    );
    assert.deepEqual(spec.rules[0].backendRefs, [{ name: 'shop-router', port: 8000 }]);
  },
  'the router speaks TLS with a certificate of cert-manager': () => {
    const rendered = render({ router: { tls: { enabled: true, issuer: { name: 'ca', kind: 'Issuer' } } } });
    const { spec } = find(rendered, 'Certificate', 'shop-router');
    const pod = find(rendered, 'Deployment', 'shop-router').spec.template.spec;
    assert.equal(
      pod.volumes.find((each: Manifest) => each.name === 'tls').secret.secretName,
      spec.secretName,
    );
    const folder = pod.containers[0].volumeMounts.find((each: Manifest) => each.name === 'tls');
    assert.equal(folder.subPath, undefined, 'a renewed certificate must arrive');
    assert.equal(
      find(rendered, 'ConfigMap', 'shop-router').data.ROUTER_TLS_CERT,
      `${folder.mountPath}/tls.crt`,
    );
    assert.ok(spec.dnsNames.includes('shop-router.shop.svc'));
  },
  'runbooks ask kubectl for what is there': () => {
    const values = parse(readFileSync(join(chart, 'ci/outside-values.yaml'), 'utf8'));
    const rendered = render({ ...values, backup: { enabled: true } });
    const labels = [
      ...rendered.map(each => each.metadata.labels),
      ...podsOf(rendered).map(each => each.labels),
    ];
    const lines = runbookLines('kubectl').map(({ line }) => line);
    const asked = lines.flatMap(line => [...line.matchAll(/-l ([\w./-]+)=([\w-]+)/g)]);
    assert.ok(asked.length >= 6);
    for (const [, key = '', value] of asked)
      assert.ok(
        labels.some(each => each?.[key] === value),
        `nothing is labelled ${key}=${value}`,
      );
    for (const [, name = ''] of lines.flatMap(line => [...line.matchAll(/deploy(?:ment)?\/([\w-]+)/g)]))
      find(rendered, 'Deployment', name);
  },
};
