import { readFileSync } from 'node:fs';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';

import { type Env, readSetting } from '#platform/config.ts';
import { anonymous } from '#platform/viewer.ts';
import { type Subgraph, subgraphs } from '#schema/events.ts';

import { createInternalTokens } from '../../router/fetching/internal-token.ts';
import { type Examined, type Finding, wordsOf } from './finding.ts';

const ports: Readonly<Record<Subgraph, number>> = {
  users: 9001,
  products: 9002,
  inventory: 9003,
  orders: 9004,
  payments: 9005,
  notifications: 9006,
};
const patience = 15_000;
const skewSeconds = 5;

/** The supergraph file: there, of the subgraphs' schemas as they are, with the addresses that the subgraphs have. */
export async function examineSupergraph(env: Env): Promise<Examined> {
  const own = new URL('../../schema/supergraph.graphql', import.meta.url).pathname;
  const path = env['SUPERGRAPH_PATH'] || own;
  const findings: Finding[] = [];
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
    parse(text);
  } catch (error) {
    return {
      findings: [
        {
          what: `the supergraph in ${path} cannot be served: ${wordsOf(error).split('\n')[0]}`,
          todo: 'run `npm run compose`, and mend SUPERGRAPH_PATH',
        },
      ],
    };
  }
  const current = await composed();
  if (current !== null && current !== readFileSync(own, 'utf8'))
    findings.push({
      what: 'schema/supergraph.graphql is not what the subgraphs’ schemas compose to',
      todo: 'run `npm run compose` and deploy what it writes',
    });
  if (
    path !== own &&
    current !== null &&
    sameGraph(text) !== sameGraph(current) &&
    !path.includes('storefront')
  )
    findings.push({
      what: `the supergraph in ${path} is of other schemas than these`,
      todo: 'copy schema/supergraph.graphql there after `npm run compose`',
    });
  for (const name of subgraphs) {
    const routed = new RegExp(`name: "${name}", url: "([^"]*)"`).exec(text)?.[1];
    if (routed === undefined)
      findings.push({
        what: `the supergraph in ${path} has no subgraph ${name}`,
        todo: 'run `npm run compose`',
      });
    else if (!env[`${name.toUpperCase()}_SUBGRAPH_URL`] && !URL.canParse(routed))
      findings.push({
        what: `the supergraph routes ${name} to ${routed || 'nowhere'}`,
        todo: `set ${name.toUpperCase()}_SUBGRAPH_URL for the router`,
      });
  }
  return { findings };
}

/** Null where the composer is not installed, as in an image. */
async function composed(): Promise<string | null> {
  const composer = await import('../../schema/compose.ts').catch(() => null);
  return composer?.compose().supergraph ?? null;
}

// Routing URLs are the deployment's.
const sameGraph = (text: string): string => text.replaceAll(/(name: "\w+", url: )"[^"]*"/g, '$1""');

/** The services: reached, ready, with the schema of this version, and the router with a clock like ours. */
export async function examineServices(env: Env): Promise<Examined> {
  if (
    !subgraphs.some(
      name => env[`${name.toUpperCase()}_DATABASE_URL`] ?? env[`${name.toUpperCase()}_DATABASE_URL_FILE`],
    )
  )
    return { findings: [] };
  const all = await Promise.all([...subgraphs.map(name => examineSubgraph(name, env)), examineRouter(env)]);
  return { findings: all.flat() };
}

async function examineSubgraph(name: Subgraph, env: Env): Promise<Finding[]> {
  const upper = name.toUpperCase();
  const url =
    env[`${upper}_SUBGRAPH_URL`] || `http://127.0.0.1:${env[`${upper}_PORT`] || ports[name]}/graphql`;
  try {
    const health = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(patience) });
    const { status, checks } = (await health.json()) as { status: string; checks: Record<string, boolean> };
    if (status !== 'ok') {
      const without = Object.entries(checks)
        .filter(([, good]) => !good)
        .map(([what]) => what);
      return [
        {
          what: `${name} is ${status}: ${without.join(', ')}`,
          todo: `look into the log of ${name}; docs/running.md, «When something is down»`,
        },
      ];
    }
    return await examineSchema(name, url, env);
  } catch (error) {
    const cause = error instanceof Error && error.cause ? wordsOf(error.cause) : wordsOf(error);
    return [
      {
        what: `${name} does not answer at ${url}: ${cause}`,
        todo: `start it (\`npm run start:${name}\`, \`make up\`), or mend ${upper}_SUBGRAPH_URL`,
      },
    ];
  }
}

async function examineSchema(name: Subgraph, url: string, env: Env): Promise<Finding[]> {
  const key = readSetting('INTERNAL_TOKEN_SECRET', env);
  if (key === undefined) return [];
  const bearer = createInternalTokens(key).bearerFor(anonymous, name);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: bearer },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
    signal: AbortSignal.timeout(patience),
  });
  if (response.status === 401)
    return [
      {
        what: `${name} has another INTERNAL_TOKEN_SECRET than this one: it would answer no router that has it`,
        todo: 'set INTERNAL_TOKEN_SECRET to the same value everywhere, and restart',
      },
    ];
  const { data } = (await response.json()) as { data?: { _service?: { sdl?: string } } };
  return data?._service?.sdl === (await sdlOf(name))
    ? []
    : [
        {
          what: `${name} runs with another schema than schema/${name}.graphql`,
          todo: `deploy this version of ${name}, or look with the version that runs`,
        },
      ];
}

/** What a subgraph with this schema says of itself. */
async function sdlOf(name: Subgraph): Promise<string> {
  const file = readFileSync(new URL(`../../schema/${name}.graphql`, import.meta.url), 'utf8');
  const { data } = await graphql({
    schema: buildSubgraphSchema(parse(file)),
    source: '{ _service { sdl } }',
  });
  return (data as { _service?: { sdl?: string } } | null)?._service?.sdl ?? '';
}

async function examineRouter(env: Env): Promise<Finding[]> {
  const scheme = env['ROUTER_TLS_CERT'] ? 'https' : 'http';
  const url = env['ROUTER_URL'] || `${scheme}://127.0.0.1:${env['ROUTER_PORT'] || 8000}`;
  try {
    const asked = Date.now();
    const response = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(patience) });
    const { status } = (await response.json()) as { status: string };
    const skew = (Date.parse(response.headers.get('date') ?? '') - asked) / 1_000;
    const findings: Finding[] = [];
    if (status !== 'ok')
      findings.push({
        what: `the router is ${status}`,
        todo: `\`curl ${url}/services/status\` says which subgraph is missing; then the router's log`,
      });
    if (Math.abs(skew) > skewSeconds)
      findings.push({
        what: `the router's clock is ${skew.toFixed(0)} s off`,
        todo: 'set the clocks by NTP: `timedatectl set-ntp true`',
      });
    return findings;
  } catch (error) {
    const cause = error instanceof Error && error.cause ? wordsOf(error.cause) : wordsOf(error);
    return [
      {
        what: `the router does not answer at ${url}: ${cause}`,
        todo: 'start it (`npm run start:router`, `make up`), or set ROUTER_URL',
      },
    ];
  }
}
