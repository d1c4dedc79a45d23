/** The services that the chart deploys. */
export const services = [
  'users',
  'products',
  'inventory',
  'orders',
  'payments',
  'notifications',
  'router',
] as const;
export type ServiceName = (typeof services)[number];

/** Variables that are secret: they come from a Secret, and no ConfigMap may hold them. */
export const secretVariables = [
  'INTERNAL_TOKEN_SECRET',
  'RABBITMQ_URL',
  'REDIS_URL',
  ...services.filter(name => name !== 'router').map(name => `${name.toUpperCase()}_DATABASE_URL`),
  'JWT_SECRET',
  'JWT_PRIVATE_KEY',
  'JWT_PREVIOUS_SECRET',
  'BOOTSTRAP_STAFF_PASSWORD',
  'GUEST_TOKEN_SECRET',
  'STRIPE_SECRET_KEY',
  'STRIPE_API_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'NOTIFICATIONS_SECRET',
  'SENDGRID_API_KEY',
  'SMTP_URL',
  'APOLLO_KEY',
] as const;

/** Secrets of stores that come with the release. */
export const storeSecrets = ['POSTGRES_PASSWORD', 'RABBITMQ_PASSWORD', 'REDIS_PASSWORD'] as const;

/** Variables for which the chart has a value of its own; null: they are the chart's to set, ports for example. */
export const otherwise: Readonly<Record<string, string | null>> = {
  ENVIRONMENT: 'environment',
  NODE_ENV: 'environment',
  SUPERGRAPH_PATH: 'router.supergraph.source',
  APOLLO_GRAPH_REF: 'router.supergraph.graphRef',
  ROUTER_TLS_CERT: 'router.tls.enabled',
  ROUTER_TLS_KEY: 'router.tls.enabled',
  ROUTER_IDENTITY_PORT: null,
  PERSISTED_OPERATIONS_MODE: 'router.persistedOperations.mode',
  PERSISTED_OPERATIONS_MANIFEST: 'router.persistedOperations.existingConfigMap',
  ...Object.fromEntries(
    services.flatMap(name => [
      [`${name.toUpperCase()}_PORT`, null],
      [`${name.toUpperCase()}_ADMIN_PORT`, null],
    ]),
  ),
};

// What a second service reads of another's section.
const shared = ['STOREFRONT_URL', 'RATE_LIMIT_ENABLED', 'STRIPE_API_BASE'];

type Variable = { readonly name: string; readonly section: string; readonly meaning: string };

/** The settings that .env.example describes, `npm start`'s own left out. */
export function readVariables(example: string): Variable[] {
  const variables: Variable[] = [];
  let section = '';
  let before = '';
  for (const line of example.split('\n')) {
    section = /^# --- (.+)$/.exec(line)?.[1] ?? section;
    const name = /^#([A-Z][A-Z0-9_]+)=/.exec(line)?.[1];
    if (name !== undefined) variables.push({ name, section, meaning: before.slice(2) });
    before = line;
  }
  return variables.filter(variable => variable.section !== 'npm start only');
}

/** The variables that a ConfigMap may hold: of every service when there is no name, else of this service too. */
export function settable(variables: readonly Variable[], service?: ServiceName): Variable[] {
  const secret = new Set<string>(secretVariables);
  return variables.filter(
    ({ name, section }) =>
      !secret.has(name) &&
      !(name in otherwise) &&
      (section === 'All processes' || shared.includes(name) || service === readerOf(name, section)),
  );
}

/** Where a subgraph is, is said among its own settings and read by the router. */
function readerOf(name: string, section: string): string {
  return name.endsWith('_SUBGRAPH_URL') ? 'router' : section.toLowerCase();
}
