import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { buildSchema, graphql } from 'graphql';

import { type ClientOperation } from './client-usage.ts';
import { type ListedOperation, type Published, type RegistryStore } from './registry-store.ts';
import {
  type BuildError,
  type Change,
  type Subgraphs,
  compareForClients,
  composeSubgraphs,
} from './schema-check.ts';

const api = buildSchema(readFileSync(join(import.meta.dirname, 'registry-api.graphql'), 'utf8'));
const LIST = { id: 'clients', name: 'clients' };

export type RegistryOptions = {
  /** graph@variant, the only one that it knows. */
  readonly graphRef: string;
  /** The only key that it accepts. */
  readonly key: string;
  readonly store: RegistryStore;
  /** What clients send. */
  readonly operations: readonly ClientOperation[];
};

export type Registry = {
  /** For APOLLO_REGISTRY_URL. */
  readonly url: string;
  stop(): Promise<void>;
};

/**
 * A schema registry on loopback that speaks the part of GraphOS's API which rover uses for subgraphs and persisted queries, and
 * does the work: composition by @apollo/composition, differences for clients, and which client documents depend on them.
 */
export async function startRegistry(options: RegistryOptions): Promise<Registry> {
  const root = rootValue(options);
  const server = createServer((request, response) => {
    answer(request, response, { root, key: options.key }).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { root, key }: { readonly root: unknown; readonly key: string },
): Promise<void> {
  if (request.headers['x-api-key'] !== key) {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ errors: [{ message: 'this key is not known' }] }));
    return;
  }
  const { query, variables } = JSON.parse(await text(request)) as {
    readonly query: string;
    readonly variables: Record<string, unknown>;
  };
  const result = await graphql({ schema: api, source: query, variableValues: variables, rootValue: root });
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
}

/** One schema for queries and mutations: their fields do not collide, but for `graph`, which answers to both. */
function rootValue({ graphRef, store, operations }: RegistryOptions) {
  const [graphId = '', variantName = 'current'] = graphRef.split('@');
  const workflows = new Map<string, ReturnType<typeof runCheck>>();
  const read = (): Subgraphs => new Map(Object.entries(store.read().subgraphs));
  const variant = (name: string) => {
    const published = [...read()].map(([each, { url, sdl, updatedAt }]) => {
      return { name: each, url, updatedAt, activePartialSchema: { sdl } };
    });
    if (name !== variantName || published.length === 0) return null;
    return {
      __typename: 'GraphVariant',
      name,
      subgraphs: published,
      subgraph: (wanted: { readonly name: string }) => published.find(each => each.name === wanted.name),
      latestApprovedLaunch: () => ({ build: { result: buildResult(read()) } }),
      persistedQueryList: LIST,
      submitSubgraphCheckAsync: ({ input }: { readonly input: CheckInput }) => {
        const workflowID = randomUUID();
        workflows.set(workflowID, runCheck(read(), input, operations));
        return { __typename: 'CheckRequestSuccess', targetURL: `/checks/${workflowID}`, workflowID };
      },
    };
  };
  const graph = {
    variant: ({ name }: { readonly name: string }) => variant(name),
    variants: [{ name: variantName }],
    checkWorkflow: ({ id }: { readonly id: string }) => workflows.get(id) ?? null,
    persistedQueryList: {
      ...LIST,
      publishOperations: ({ operations: listed }: { readonly operations: readonly ListedOperation[] }) =>
        publishOperations(store, listed),
    },
    publishSubgraph: (input: PublishInput) => publishSubgraph(store, input),
    removeImplementingServiceAndTriggerComposition: (input: RemoveInput) => removeSubgraph(store, input),
  };
  return {
    frontendUrlRoot: 'http://127.0.0.1',
    graph: ({ id }: { readonly id: string }) => (id === graphId ? graph : null),
    variant: ({ ref }: { readonly ref: string }) => (ref === graphRef ? variant(variantName) : null),
  };
}

type CheckInput = { readonly subgraphName: string; readonly proposedSchema: string };

function runCheck(published: Subgraphs, input: CheckInput, operations: readonly ClientOperation[]) {
  const { subgraphName, proposedSchema: sdl } = input;
  const url = published.get(subgraphName)?.url ?? '';
  const before = composeSubgraphs(published);
  const after = composeSubgraphs(new Map([...published, [subgraphName, { url, sdl, updatedAt: '' }]]));
  const changes =
    before.supergraph !== null && after.supergraph !== null
      ? compareForClients(before.supergraph, after.supergraph, operations)
      : null;
  const isComposed = after.supergraph !== null;
  const failed = changes?.some(({ severity }) => severity === 'FAILURE') ?? false;
  return {
    status: isComposed && !failed ? 'PASSED' : 'FAILED',
    tasks: [
      {
        __typename: 'CompositionCheckTask',
        status: isComposed ? 'PASSED' : 'FAILED',
        targetURL: null,
        coreSchemaModified: before.supergraph !== after.supergraph,
        result: { errors: after.errors },
      },
      {
        __typename: 'OperationsCheckTask',
        targetURL: null,
        ...operationsTask(isComposed, changes, operations.length),
      },
    ],
  };
}

function operationsTask(isComposed: boolean, changes: readonly Change[] | null, checked: number) {
  if (!isComposed) return { status: 'BLOCKED', result: null };
  const failed = changes?.some(({ severity }) => severity === 'FAILURE') ?? false;
  return {
    status: failed ? 'FAILED' : 'PASSED',
    result: {
      checkSeverity: failed ? 'FAILURE' : 'NOTICE',
      numberOfCheckedOperations: changes === null ? 0 : checked,
      changes: changes ?? [],
    },
  };
}

function buildResult(subgraphs: Subgraphs) {
  const { supergraph, errors } = composeSubgraphs(subgraphs);
  return supergraph === null
    ? { __typename: 'BuildFailure', errorMessages: errors }
    : { __typename: 'BuildSuccess', coreSchema: { coreDocument: supergraph } };
}

type PublishInput = {
  readonly name: string;
  readonly url: string | null;
  readonly activePartialSchema: { readonly sdl: string };
};

/** As in GraphOS, what does not compose is kept all the same, and the routers go on with the last that did. */
function publishSubgraph(store: RegistryStore, { name, url, activePartialSchema: { sdl } }: PublishInput) {
  const { subgraphs, ...rest } = store.read();
  const known = subgraphs[name];
  const next = { url: url ?? known?.url ?? '', sdl, updatedAt: new Date().toISOString() };
  const isUpdated = known !== undefined && (known.sdl !== next.sdl || known.url !== next.url);
  const composed = composeAnd(store, { ...rest, subgraphs: { ...subgraphs, [name]: next } });
  return {
    compositionConfig: {
      schemaHash: createHash('sha256')
        .update(composed.supergraph ?? '')
        .digest('hex'),
    },
    errors: composed.errors,
    updatedGateway: composed.supergraph !== null && (isUpdated || !known),
    wasCreated: !known,
    wasUpdated: isUpdated,
    launchCliCopy: null,
    launchUrl: null,
  };
}

type RemoveInput = { readonly name: string; readonly dryRun: boolean };

function removeSubgraph(store: RegistryStore, { name, dryRun }: RemoveInput) {
  const { subgraphs, ...rest } = store.read();
  const { [name]: removed, ...left } = subgraphs;
  const next = { ...rest, subgraphs: left };
  const { supergraph, errors } = dryRun
    ? composeSubgraphs(new Map(Object.entries(left)))
    : composeAnd(store, next);
  return { errors, updatedGateway: !dryRun && removed !== undefined && supergraph !== null };
}

function composeAnd(
  store: RegistryStore,
  next: Published,
): { readonly supergraph: string | null; readonly errors: readonly BuildError[] } {
  store.write(next);
  return composeSubgraphs(new Map(Object.entries(next.subgraphs)));
}

/** Lists only grow: clients that are out there go on sending what they were built with. */
function publishOperations(store: RegistryStore, listed: readonly ListedOperation[]) {
  const published = store.read();
  const known = new Map(published.operations.map(each => [each.id, each]));
  const changed = listed.find(({ id, body }) => (known.get(id)?.body ?? body) !== body);
  if (changed)
    return { __typename: 'CannotModifyOperationBodyError', message: `${changed.id} has another body` };
  const added = listed.filter(({ id }) => !known.has(id));
  const revision = published.revision + (added.length > 0 ? 1 : 0);
  store.write({ ...published, revision, operations: [...published.operations, ...added] });
  return {
    __typename: 'PublishOperationsResult',
    unchanged: added.length === 0,
    build: {
      revision,
      list: LIST,
      publish: {
        operationCounts: {
          added: added.length,
          identical: listed.length - added.length,
          updated: 0,
          unaffected: known.size - (listed.length - added.length),
          removed: 0,
        },
      },
    },
  };
}
