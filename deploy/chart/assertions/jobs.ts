import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { parse } from 'yaml';

import { type Manifest, chart, find, helm, ofKind, podsOf, render } from '../../support/helm.ts';
import { poolerSettings, roleTimeouts } from '../pooler.ts';
import { services } from '../variables.ts';

const subgraphs = services.filter(name => name !== 'router');
const set = (file: string): Manifest[] => render(parse(readFileSync(join(chart, 'ci', file), 'utf8')));
const secretKeys = (env: Manifest[]): Record<string, string> =>
  Object.fromEntries(
    env.filter(each => each.valueFrom).map(each => [each.name, each.valueFrom.secretKeyRef.name]),
  );

export const jobs = {
  'migrations are hooks with weights, one database after another': () => {
    const rendered = render();
    const found = subgraphs.map(name => find(rendered, 'Job', `shop-${name}-migration`));
    for (const [i, name] of subgraphs.entries()) {
      const { metadata, spec } = found[i];
      assert.equal(metadata.annotations['helm.sh/hook'], 'pre-install,pre-upgrade');
      assert.equal(metadata.annotations['helm.sh/hook-delete-policy'], 'before-hook-creation');
      const { containers } = spec.template.spec;
      assert.deepEqual(containers[0].args, ['scripts/migrate.ts', 'up', name]);
      assert.deepEqual(secretKeys(containers[0].env), {
        [`${name.toUpperCase()}_DATABASE_URL`]: 'shop-secrets',
      });
      assert.ok(spec.ttlSecondsAfterFinished > 0 && spec.activeDeadlineSeconds > 0);
    }
    const weights = found.map(each => Number(each.metadata.annotations['helm.sh/hook-weight']));
    assert.deepEqual(
      weights,
      [...new Set(weights)].toSorted((a, b) => a - b),
    );
    const own = find(render({ postgresql: { mode: 'trial' } }), 'Job', 'shop-users-migration');
    assert.equal(
      own.metadata.annotations['helm.sh/hook'],
      'pre-upgrade',
      'no database is there before the install',
    );
    assert.deepEqual(
      ofKind(render({ migrations: { enabled: false }, tests: { enabled: false } }), 'Job'),
      [],
    );
  },
  'pods wait for their schema': () => {
    const initOf = (mode: string, name: string): Manifest =>
      find(render({ postgresql: { mode } }), 'Deployment', `shop-${name}`).spec.template.spec.initContainers;
    for (const name of subgraphs) {
      assert.deepEqual(initOf('external', name)[0].args, ['scripts/migrate.ts', 'wait', name]);
      assert.deepEqual(initOf('cloudnativepg', name)[0].args, ['scripts/migrate.ts', 'up', name]);
    }
    assert.equal(initOf('external', 'router'), undefined);
    assert.equal(find(render(), 'ConfigMap', 'shop-users').data.MIGRATE_ON_START, 'false');
  },
  'a CronJob backs up all six databases': () => {
    const rendered = render({ backup: { enabled: true } });
    const { spec } = find(rendered, 'CronJob', 'shop-backup');
    assert.deepEqual(
      [spec.schedule, spec.timeZone, spec.concurrencyPolicy],
      ['0 2 * * *', 'Etc/UTC', 'Forbid'],
    );
    const pod = spec.jobTemplate.spec.template.spec;
    assert.deepEqual(
      Object.keys(secretKeys(pod.containers[0].env)),
      subgraphs.map(name => `${name.toUpperCase()}_DATABASE_URL`),
    );
    assert.deepEqual(pod.containers[0].command, ['bash', '/scripts/backup.sh']);
    const claim = find(rendered, 'PersistentVolumeClaim', 'shop-backups');
    assert.equal(claim.metadata.annotations['helm.sh/resource-policy'], 'keep');
    const own = render({ backup: { enabled: true, existingClaim: 'mine' } });
    assert.deepEqual(ofKind(own, 'PersistentVolumeClaim'), []);
    assert.ok(JSON.stringify(find(own, 'CronJob', 'shop-backup')).includes('"claimName":"mine"'));
  },
  'helm test asks a federated query': () => {
    const { metadata, spec } = find(render(), 'Job', 'shop-test');
    assert.equal(metadata.annotations['helm.sh/hook'], 'test');
    const { args, env } = spec.template.spec.containers[0];
    assert.deepEqual(env, [{ name: 'ROUTER', value: 'http://shop-router:8000' }]);
    assert.equal(args[2].trimEnd(), readFileSync(join(chart, 'test/query.mjs'), 'utf8').trimEnd());
    const { status, stderr } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ROUTER: 'http://127.0.0.1:1' },
    });
    assert.equal(status, 1, 'no router is no success');
    assert.match(stderr, /fetch failed/);
  },
  'extra objects, containers, volumes and variables are taken over': () => {
    const rendered = set('extras-values.yaml');
    assert.equal(find(rendered, 'ConfigMap', 'more').data.release, 'shop');
    find(rendered, 'ConfigMap', 'store-text');
    const pod = find(rendered, 'Deployment', 'store-users').spec.template.spec;
    assert.deepEqual(
      pod.initContainers.map((each: Manifest) => each.name),
      ['schema', 'before'],
    );
    assert.deepEqual(
      pod.containers.map((each: Manifest) => each.name),
      ['users', 'beside'],
    );
    const [{ env, envFrom, volumeMounts }] = pod.containers;
    assert.deepEqual(env.at(-1), { name: 'TZ', value: 'UTC' });
    assert.equal(envFrom.at(-1).configMapRef.name, 'more');
    assert.deepEqual([pod.volumes.at(-1).name, volumeMounts.at(-1).mountPath], ['more', '/more']);
  },
  'priority class, node selector, tolerations and affinity are taken over': () => {
    for (const { name, spec } of podsOf(set('extras-values.yaml'))) {
      assert.equal(spec.priorityClassName, 'shop', name);
      assert.deepEqual(spec.nodeSelector, { 'kubernetes.io/arch': 'amd64' }, name);
      assert.equal(spec.tolerations[0].key, 'shop', name);
      if (name.startsWith('Deployment/'))
        assert.ok(spec.affinity.nodeAffinity && spec.runtimeClassName, name);
    }
  },
  'labels and annotations of yours are on every object': () => {
    const rendered = set('extras-values.yaml').filter(each => each.metadata.labels?.['helm.sh/chart']);
    assert.ok(rendered.length > 50);
    for (const { kind, metadata } of rendered) {
      assert.equal(metadata.labels.team, 'shop', `${kind}/${metadata.name}`);
      assert.equal(metadata.annotations.contact, 'shop@shop.example', `${kind}/${metadata.name}`);
    }
  },
  'notes name the commands': () => {
    const notes = (...args: string[]): string => {
      const { code, stdout, stderr } = helm([
        'install',
        'shop',
        chart,
        '--namespace',
        'shop',
        '--dry-run=client',
        ...args,
      ]);
      assert.equal(code, 0, stderr);
      return stdout.slice(stdout.indexOf('NOTES:'));
    };
    const plain = notes();
    for (const part of [
      'helm test shop',
      'rollout status deployment/shop-router',
      'port-forward service/shop-router 8000',
      'helm rollback shop',
      'enforce=restricted',
      'come from shop-secrets',
    ])
      assert.ok(plain.includes(part), part);
    assert.match(
      notes('-f', join(chart, 'ci/outside-values.yaml')),
      /curl https:\/\/api\.shop\.example\/graphql/,
    );
    assert.match(notes('-f', join(chart, 'ci/trial-values.yaml')), /delete secret shop-secrets/);
    assert.match(notes('-f', join(chart, 'ci/files-values.yaml')), /delete externalsecret shop-secrets/);
  },
  'PostgreSQL by CloudNativePG: clusters, poolers, backups': () => {
    const rendered = set('operators-values.yaml');
    for (const name of subgraphs) {
      const { metadata, spec } = find(rendered, 'Cluster', `shop-${name}-db`);
      const { initdb } = spec.bootstrap;
      assert.deepEqual([initdb.database, initdb.owner], [`${name}_db`, name]);
      assert.deepEqual(
        initdb.postInitApplicationSQL,
        Object.entries(roleTimeouts).map(([key, value]) => `alter role ${name} set ${key} = '${value}'`),
      );
      assert.equal(spec.instances, 3);
      assert.equal(metadata.annotations['helm.sh/resource-policy'], 'keep', 'data outlives the release');
      assert.equal(find(rendered, 'ScheduledBackup', `shop-${name}-db`).spec.cluster.name, metadata.name);
      const pooler = find(rendered, 'Pooler', `shop-${name}-db-pooler`);
      assert.deepEqual(
        [pooler.spec.cluster.name, pooler.spec.pgbouncer.poolMode],
        [metadata.name, 'transaction'],
      );
      assert.deepEqual(pooler.spec.pgbouncer.parameters, poolerSettings());
      const { containers, initContainers } = find(rendered, 'Deployment', `shop-${name}`).spec.template.spec;
      const url = containers[0].env.find(
        (each: Manifest) => each.name === `${name.toUpperCase()}_DATABASE_URL`,
      );
      assert.equal(
        url.value,
        `postgresql://$(DATABASE_USER):$(DATABASE_PASSWORD)@shop-${name}-db-pooler:5432/${name}_db`,
      );
      assert.deepEqual(
        initContainers[0].env,
        [{ name: url.name, valueFrom: { secretKeyRef: { name: `shop-${name}-db-app`, key: 'uri' } } }],
        'migrations go around the pooler',
      );
    }
    const plain = find(render({ postgresql: { mode: 'cloudnativepg' } }), 'Deployment', 'shop-users').spec
      .template.spec;
    assert.equal(secretKeys(plain.containers[0].env)['USERS_DATABASE_URL'], 'shop-users-db-app');
  },
  'RabbitMQ and Redis by their operators': () => {
    const rendered = set('operators-values.yaml');
    assert.equal(find(rendered, 'RabbitmqCluster', 'shop-rabbitmq').spec.replicas, 3);
    assert.deepEqual(find(rendered, 'Redis', 'shop-redis').spec.kubernetesConfig.redisSecret, {
      name: 'shop-secrets',
      key: 'REDIS_PASSWORD',
    });
    for (const name of services) {
      const { env } = find(rendered, 'Deployment', `shop-${name}`).spec.template.spec.containers[0];
      const bus = env.find((each: Manifest) => each.name === 'RABBITMQ_URL').valueFrom.secretKeyRef;
      assert.deepEqual(bus, { name: 'shop-rabbitmq-default-user', key: 'connection_string' });
      const [password, url] = ['REDIS_PASSWORD', 'REDIS_URL'].map(key =>
        env.findIndex((each: Manifest) => each.name === key),
      );
      assert.ok(password < url, 'a variable is known only to those after it');
      assert.equal(env[url].value, 'redis://:$(REDIS_PASSWORD)@shop-redis:6379');
    }
  },
  'stores for trials, a role for each database': () => {
    const rendered = set('trial-values.yaml');
    for (const store of ['postgresql', 'rabbitmq', 'redis']) {
      const { spec } = find(rendered, 'StatefulSet', `shop-${store}`);
      const { name, containerPort } = spec.template.spec.containers[0].ports[0];
      assert.deepEqual(find(rendered, 'Service', `shop-${store}`).spec.ports, [
        { name, port: containerPort, targetPort: name },
      ]);
    }
    const script = find(rendered, 'ConfigMap', 'shop-postgresql').data['databases.sh'];
    const { stdout, stderr, status } = spawnSync('sh', ['-c', `psql() { echo "$@"; cat; }\n${script}`], {
      encoding: 'utf8',
      env: {
        PATH: '/usr/bin:/bin',
        ...Object.fromEntries(
          subgraphs.map(name => [
            `${name.toUpperCase()}_DATABASE_URL`,
            `postgresql://${name}:pw-${name}@shop-postgresql:5432/${name}_db`,
          ]),
        ),
      },
    });
    assert.equal(status, 0, stderr);
    for (const name of subgraphs)
      assert.ok(stdout.includes(`-v name=${name} -v base=${name}_db -v password=pw-${name} `), name);
    assert.ok(stdout.includes('revoke all on database'));
  },
};
