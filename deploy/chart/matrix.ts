import { type Values } from '../support/helm.ts';

export type Combination = { readonly name: string; readonly values: Values; readonly kubeVersion: string };

const stores = {
  postgresql: ['external', 'cloudnativepg', 'trial'],
  rabbitmq: ['external', 'operator', 'trial'],
  redis: ['external', 'operator', 'trial', 'none'],
};
const secrets: Record<string, Values> = {
  existing: { existingSecret: 'shop-secrets' },
  files: { asFiles: true },
  made: {
    create: true,
    values: {
      STRIPE_SECRET_KEY: 'sk_test_0123456789',
      RABBITMQ_URL: 'amqp://rabbit',
      APOLLO_KEY: 'service:shop:0123456789',
      ...Object.fromEntries(
        ['USERS', 'PRODUCTS', 'INVENTORY', 'ORDERS', 'PAYMENTS', 'NOTIFICATIONS'].map(name => [
          `${name}_DATABASE_URL`,
          `postgresql://${name.toLowerCase()}`,
        ]),
      ),
    },
  },
  vault: {
    asFiles: true,
    externalSecret: {
      enabled: true,
      storeName: 'vault',
      remoteKey: 'shop',
      apiVersion: 'external-secrets.io/v1beta1',
    },
  },
};
const kubeVersions = ['1.28.0', '1.30.0', '1.35.2'];

/** Values that are switched on in turn, so that each meets each kind of store and secret. */
const switches: readonly Values[] = [
  { defaults: { autoscaling: { keda: { enabled: true } } } },
  { defaults: { autoscaling: { enabled: false }, verticalAutoscaling: { enabled: true } } },
  { defaults: { preStopSeconds: 0, podDisruptionBudget: { enabled: false } } },
  { networkPolicy: { enabled: false } },
  { migrations: { enabled: false }, tests: { enabled: false } },
  { backup: { enabled: true }, image: { digest: `sha256:${'0'.repeat(64)}` } },
  { ingress: { enabled: true, hosts: ['api.shop.example'], clusterIssuer: 'letsencrypt', tls: true } },
  { httpRoute: { enabled: true, hosts: ['api.shop.example'], parentRefs: [{ name: 'public' }] } },
  { router: { tls: { enabled: true, issuer: { name: 'internal', kind: 'Issuer' } } } },
  { router: { engine: { kind: 'hive', image: 'hive:1', config: { log: { level: 'debug' } } } } },
  {
    router: {
      engine: { kind: 'apollo', image: 'apollo:2' },
      supergraph: { source: 'configMap', sdl: 'type Query { a: Int }' },
    },
  },
  { router: { supergraph: { source: 'uplink', graphRef: 'shop@current' } } },
  { router: { supergraph: { source: 'configMap', sdl: 'type Query { a: Int }' } } },
  { monitoring: { serviceMonitor: { enabled: true } }, environment: 'staging' },
  {
    postgresql: {
      cloudnativepg: { pooler: { enabled: true }, backup: { enabled: true, destinationPath: 's3://b' } },
    },
  },
  { services: { notifications: { enabled: false }, router: { service: { type: 'LoadBalancer' } } } },
  { config: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }, fullnameOverride: 'store' },
  { defaults: { topologySpread: { zone: 'off', host: 'off' }, serviceAccount: { create: false } } },
  { redis: { mode: 'none' }, commonLabels: { team: 'shop' }, commonAnnotations: { team: 'shop' } },
];

/** Every way to have stores with every way to have secrets, and one of the other switches each: 144 combinations. */
export function combinations(): Combination[] {
  const found: Combination[] = [];
  for (const postgresql of stores.postgresql)
    for (const rabbitmq of stores.rabbitmq)
      for (const redis of stores.redis)
        for (const [kind, secret] of Object.entries(secrets)) {
          const i = found.length;
          const chosen = switches[i % switches.length] ?? {};
          const base = {
            secrets: secret,
            postgresql: { mode: postgresql },
            rabbitmq: { mode: rabbitmq },
            redis: { mode: redis },
          };
          const kubeVersion = kubeVersions[i % kubeVersions.length] ?? '';
          const name = `${postgresql}, ${rabbitmq}, ${redis}, ${kind}, ${JSON.stringify(chosen)}, ${kubeVersion}`;
          found.push({ name, values: merged(base, chosen), kubeVersion });
        }
  return found;
}

/** Values over values, as helm lays them. */
export function merged(one: Values, other: Values): Values {
  const result: Record<string, unknown> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = result[key];
    const both = isValues(before) && isValues(value);
    result[key] = both ? merged(before, value) : value;
  }
  return result;
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values that the schema or the templates refuse, with what helm must say. */
export const refused: readonly (readonly [what: string, values: Values, said: RegExp])[] = [
  ['an unknown value', { imag: {} }, /imag/],
  ['an unknown value of a service', { services: { users: { replica: 1 } } }, /replica/],
  ['an unknown service', { services: { basket: {} } }, /basket/],
  [
    'a misspelt figure of a probe',
    { defaults: { probes: { liveness: { failureTreshold: 3 } } } },
    /failureTreshold/,
  ],
  [
    'a misspelt kind of resources',
    { services: { orders: { resources: { limit: { memory: '1Gi' } } } } },
    /limit/,
  ],
  ['a misspelt resource', { migrations: { resources: { limits: { memroy: '1Gi' } } } }, /memroy/],
  ['an amount that is none', { backup: { resources: { requests: { memory: '1 GB' } } } }, /memory/],
  [
    'a misspelt right',
    { services: { users: { securityContext: { readOnlyRootFilesytem: true } } } },
    /readOnlyRootFilesytem/,
  ],
  ['a misspelt account', { defaults: { podSecurityContext: { runAsNonroot: true } } }, /runAsNonroot/],
  ['a peer that is misspelt', { networkPolicy: { metricsFrom: [{ podSelectr: {} }] } }, /podSelectr/],
  ['a peer that is everybody', { networkPolicy: { databaseTo: [{}] } }, /databaseTo/],
  [
    'a rule that is misspelt',
    { services: { orders: { networkPolicy: { extraEgress: [{ port: 1 }] } } } },
    /port/,
  ],
  ['a label that is no text', { commonLabels: { team: 1 } }, /commonLabels/],
  ['a misspelt toleration', { defaults: { tolerations: [{ keys: 'a' }] } }, /keys/],
  ['a misspelt affinity', { defaults: { affinity: { nodeAfinity: {} } } }, /nodeAfinity/],
  ['a variable without a name', { services: { users: { extraEnv: [{ value: 'x' }] } } }, /name/],
  ['a mount without a path', { defaults: { extraVolumeMounts: [{ name: 'x' }] } }, /mountPath/],
  ['a misspelt issuer', { router: { tls: { issuer: { nmae: 'ca' } } } }, /nmae/],
  ['a misspelt Gateway', { httpRoute: { parentRefs: [{ nmae: 'public' }] } }, /nmae/],
  ['a misspelt policy of scaling', { defaults: { autoscaling: { behavior: { scaleup: {} } } } }, /scaleup/],
  ['a number as text', { defaults: { replicas: 'two' } }, /replicas/],
  ['too few pods', { services: { orders: { replicas: -1 } } }, /replicas/],
  ['too much CPU', { defaults: { autoscaling: { targetCPU: 170 } } }, /targetCPU/],
  ['another mode', { postgresql: { mode: 'operator' } }, /postgresql\/mode|postgresql\.mode/],
  ['an even number of brokers', { rabbitmq: { operator: { replicas: 2 } } }, /replicas/],
  ['a digest that is none', { image: { digest: 'sha256:12' } }, /digest/],
  ['a misspelt variable', { config: { LOG_LEVLE: 'debug' } }, /LOG_LEVLE/],
  [
    'a variable of another service',
    { services: { users: { config: { STRIPE_TIMEOUT: '1s' } } } },
    /STRIPE_TIMEOUT/,
  ],
  ['a secret among the settings', { services: { users: { config: { JWT_SECRET: 'x' } } } }, /JWT_SECRET/],
  ['a secret nobody knows', { secrets: { create: true, values: { PASSWORD: 'x' } } }, /PASSWORD/],
  [
    'a stop longer than the grace period',
    { services: { users: { preStopSeconds: 40 } } },
    /services\.users.*must be longer/,
  ],
  [
    'more pods at least than at most',
    { services: { users: { autoscaling: { minReplicas: 11 } } } },
    /maxReplicas/,
  ],
  ['an Ingress without hosts', { ingress: { enabled: true } }, /ingress\.hosts/],
  ['a route without Gateways', { httpRoute: { enabled: true } }, /parentRefs/],
  ['Uplink without a graph', { router: { supergraph: { source: 'uplink' } } }, /graphRef/],
  [
    'a supergraph that is not there',
    { router: { supergraph: { source: 'configMap' } } },
    /router\.supergraph\.sdl/,
  ],
  ['an engine nobody knows', { router: { engine: { kind: 'cosmo' } } }, /engine/],
  ['another router without an image', { router: { engine: { kind: 'hive' } } }, /router\.engine\.image/],
  ...[
    { supergraph: { source: 'uplink', graphRef: 'shop@current' } },
    { tls: { enabled: true } },
    { persistedOperations: { mode: 'enforce', existingConfigMap: 'operations' } },
  ].map(
    own =>
      [
        `another router with what is ours: ${Object.keys(own).join()}`,
        { router: { engine: { kind: 'apollo', image: 'apollo:2' }, ...own } },
        /engine\.kind=node/,
      ] as const,
  ),
  ['enforcing nothing', { router: { persistedOperations: { mode: 'enforce' } } }, /existingConfigMap/],
  [
    'two owners of the Secret',
    { secrets: { create: true, externalSecret: { enabled: true } } },
    /one of the two/,
  ],
  [
    'a Secret made without what only you know',
    { secrets: { create: true } },
    /secrets\.values\.[A-Z_]+: is needed/,
  ],
  ['an ExternalSecret without a store', { secrets: { externalSecret: { enabled: true } } }, /storeName/],
  [
    'backups to nowhere',
    { postgresql: { mode: 'cloudnativepg', cloudnativepg: { backup: { enabled: true } } } },
    /destinationPath/,
  ],
];
