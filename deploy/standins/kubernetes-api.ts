import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { parse } from 'yaml';

import { type Manifest } from '../support/helm.ts';
import { type Kubelet, startControllers } from './kubernetes-controllers.ts';
import { apply, mergePatch, strategicPatch } from './kubernetes-patches.ts';
import { fromProtobuf } from './kubernetes-protobuf.ts';
import { type Resource, discovery, resources } from './kubernetes-resources.ts';
import { type Change, type Store, createStore, isSelected } from './kubernetes-store.ts';

export type Cluster = {
  readonly url: string;
  /** What helm and kubectl have put into it. */
  readonly store: Store;
  /** Undefined when there is none. */
  get(kind: string, name: string, namespace?: string): Manifest;
  stop(): Promise<void>;
};
type Target = {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
  readonly query: URLSearchParams;
};

type Refusal = Error & { readonly code: number; readonly reason: string };

/** A refusal in the words of an API server. */
function refusal(code: number, reason: string, message: string): Refusal {
  return Object.assign(new Error(message), { code, reason });
}

/**
 * As much of a Kubernetes API server as helm and kubectl need: objects in memory, patches, watches, dry runs, releases in Secrets;
 * nothing is scheduled, but `kubelet` may run what Jobs ask for. `faults` holds what the stand-in itself did wrong.
 */
export async function startKubernetesApi(
  kubelet: Kubelet,
): Promise<Cluster & { readonly faults: unknown[] }> {
  const store = createStore();
  const faults: unknown[] = [];
  // What each manager applied last, by object.
  const applied = new Map<string, Manifest>();
  startControllers(store, kubelet, error => faults.push(error));
  const server = createServer((request, response) => {
    answer(store, applied, request, response).catch((error: unknown) => {
      const refused = error instanceof Error && 'reason' in error;
      if (!refused) faults.push(error);
      const { code, reason } = refused ? (error as Refusal) : { code: 500, reason: 'InternalError' };
      const message = error instanceof Error ? error.message : String(error);
      send(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    store,
    faults,
    get: (kind, name, namespace = 'shop') => {
      const resource = resources.find(each => each.kind === kind);
      return resource && store.get(resource, resource.namespaced ? namespace : '', name);
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function answer(
  store: Store,
  applied: Map<string, Manifest>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://kubernetes');
  const described = discovery(pathname);
  if (described !== undefined) return send(response, 200, described);
  const target = targetOf(pathname, query);
  const { resource, namespace, name } = target;
  const current = name === '' ? undefined : store.get(resource, namespace, name);
  const missing = (): Refusal => refusal(404, 'NotFound', `${resource.plural} "${name}" not found`);
  if (request.method === 'GET') {
    if (query.get('watch') === 'true') return watch(store, target, response);
    if (name === '') return send(response, 200, listOf(store, target));
    if (current === undefined) throw missing();
    return send(response, 200, current);
  }
  const body = await buffer(request);
  if (request.method === 'DELETE') {
    if (current === undefined) throw missing();
    if (query.get('dryRun') !== 'All') store.remove(resource, namespace, name);
    return send(response, 200, { kind: 'Status', apiVersion: 'v1', status: 'Success' });
  }
  const type = request.headers['content-type'] ?? '';
  const given = type.includes('protobuf') ? fromProtobuf(body) : parse(body.toString());
  const key = `${resource.apiVersion}/${resource.plural}/${namespace}/${name}/${query.get('fieldManager')}`;
  const object = changed(request.method ?? '', { type, given, current, before: applied.get(key) });
  if (request.method === 'POST' && store.get(resource, namespace, object.metadata.name))
    throw refusal(409, 'AlreadyExists', `${resource.plural} "${object.metadata.name}" already exists`);
  if (object === undefined) throw missing();
  object.metadata = { ...object.metadata, ...(resource.namespaced ? { namespace } : {}) };
  if (query.get('dryRun') === 'All') return send(response, 200, { ...current, ...object });
  if (type.includes('apply-patch')) applied.set(key, given);
  send(response, current === undefined ? 201 : 200, store.put(resource, object));
}

function targetOf(pathname: string, query: URLSearchParams): Target {
  const parts =
    /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))(?:\/namespaces\/([^/]+)(?=\/[^/]+))?\/([^/]+)(?:\/([^/]+))?$/.exec(
      pathname,
    );
  const [, core, grouped, namespace = '', plural = '', name = ''] = parts ?? [];
  const resource = resources.find(each => each.plural === plural && each.apiVersion === (core ?? grouped));
  if (resource === undefined) throw refusal(404, 'NotFound', `the server could not find ${pathname}`);
  return { resource, namespace, name, query };
}

type Ask = {
  readonly type: string;
  readonly given: Manifest;
  readonly current: Manifest;
  readonly before: Manifest;
};

/** The object as it shall be; undefined when there is nothing to change. */
function changed(method: string, { type, given, current, before }: Ask): Manifest {
  if (method === 'POST') return withStringData(given);
  if (type.includes('apply-patch')) return withStringData(apply(current, before, given));
  if (current === undefined) return undefined;
  if (method === 'PUT') return withStringData(given);
  if (type.includes('strategic-merge-patch')) return withStringData(strategicPatch(current, given));
  if (type.includes('merge-patch')) return withStringData(mergePatch(current, given));
  throw refusal(415, 'UnsupportedMediaType', `${method} with ${type}`);
}

/** Secrets are written as text and read as base64. */
function withStringData({ stringData, ...object }: Manifest): Manifest {
  if (stringData === undefined) return object;
  const encoded = Object.entries(stringData as Record<string, string>).map(([key, text]) => [
    key,
    Buffer.from(text).toString('base64'),
  ]);
  return { ...object, data: { ...object.data, ...Object.fromEntries(encoded) } };
}

function isWanted({ query, namespace }: Target, object: Manifest): boolean {
  const field = /^metadata\.name=(.+)$/.exec(query.get('fieldSelector') ?? '')?.[1];
  return (
    (field === undefined || field === object.metadata.name) &&
    (namespace === '' || namespace === object.metadata.namespace) &&
    isSelected(object.metadata.labels ?? {}, query.get('labelSelector') ?? '')
  );
}

function listOf(store: Store, target: Target): object {
  const { resource, namespace } = target;
  const items = store.list(resource, namespace).filter(each => isWanted(target, each));
  const metadata = { resourceVersion: store.version() };
  return { kind: `${resource.kind}List`, apiVersion: resource.apiVersion, metadata, items };
}

function watch(store: Store, target: Target, response: ServerResponse): void {
  const { resource, namespace, query } = target;
  const tell = (type: string, object: object): void =>
    void response.write(`${JSON.stringify({ type, object })}\n`);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  if (query.get('sendInitialEvents') === 'true') {
    for (const object of store.list(resource, namespace).filter(each => isWanted(target, each)))
      tell('ADDED', object);
    tell('BOOKMARK', {
      kind: resource.kind,
      apiVersion: resource.apiVersion,
      metadata: {
        resourceVersion: store.version(),
        annotations: { 'k8s.io/initial-events-end': 'true' },
      },
    });
  } else {
    const since = Number(query.get('resourceVersion') ?? 0);
    for (const object of store.list(resource, namespace).filter(each => isWanted(target, each)))
      if (Number(object.metadata.resourceVersion) > since) tell('MODIFIED', object);
  }
  const listen = (changedResource: Resource, { type, object }: Change): void => {
    if (changedResource === resource && isWanted(target, object)) tell(type, object);
  };
  store.changes.on('change', listen);
  // Not the request's: that one closes as soon as its body has been read.
  response.once('close', () => store.changes.off('change', listen));
}
