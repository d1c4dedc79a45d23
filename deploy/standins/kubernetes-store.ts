import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';

import { type Manifest } from '../support/helm.ts';
import { type Resource } from './kubernetes-resources.ts';

export type Change = { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: Manifest };
export type Store = {
  readonly changes: EventEmitter<{ change: [Resource, Change] }>;
  version(): string;
  /** Undefined when there is none, as for remove. */
  get(resource: Resource, namespace: string, name: string): Manifest;
  /** All of a namespace, or of all namespaces when it is empty, that have these labels. */
  list(resource: Resource, namespace: string, selector?: string): Manifest[];
  /** Makes or replaces it; answers it as it is stored. */
  put(resource: Resource, object: Manifest): Manifest;
  remove(resource: Resource, namespace: string, name: string): Manifest;
};

/** Objects in memory, with the metadata that a server gives them. */
export function createStore(): Store {
  const objects = new Map<string, Manifest>();
  const changes = new EventEmitter<{ change: [Resource, Change] }>().setMaxListeners(0);
  let version = 1;
  const keyOf = ({ apiVersion, plural, namespaced }: Resource, namespace: string, name: string): string =>
    `${apiVersion}/${plural}/${namespaced ? namespace : ''}/${name}`;

  const store: Store = {
    changes,
    version: () => String(version),
    get: (resource, namespace, name) => objects.get(keyOf(resource, namespace, name)),
    list: (resource, namespace, selector = '') =>
      [...objects.entries()]
        .filter(([key]) => key.startsWith(keyOf(resource, namespace, '').replace(/\/\/$/, '/')))
        .map(([, object]) => object)
        .filter(object => isSelected(object.metadata.labels ?? {}, selector)),
    put: (resource, object) => {
      const { name, namespace = '' } = object.metadata;
      const key = keyOf(resource, namespace, name);
      const before = objects.get(key);
      const changed = before === undefined || !isDeepStrictEqual(before.spec, object.spec);
      const stored = {
        apiVersion: resource.apiVersion,
        kind: resource.kind,
        ...object,
        metadata: {
          ...object.metadata,
          uid: before?.metadata.uid ?? crypto.randomUUID(),
          creationTimestamp:
            before?.metadata.creationTimestamp ?? new Date().toISOString().replace(/\.\d+/, ''),
          generation: (before?.metadata.generation ?? 0) + (changed ? 1 : 0),
          resourceVersion: before?.metadata.resourceVersion,
        },
      };
      if (isDeepStrictEqual(before, stored)) return stored;
      stored.metadata.resourceVersion = String(++version);
      objects.set(key, stored);
      changes.emit('change', resource, { type: before === undefined ? 'ADDED' : 'MODIFIED', object: stored });
      return stored;
    },
    remove: (resource, namespace, name) => {
      const key = keyOf(resource, namespace, name);
      const object = objects.get(key);
      if (!objects.delete(key)) return undefined;
      object.metadata.resourceVersion = String(++version);
      changes.emit('change', resource, { type: 'DELETED', object });
      return object;
    },
  };
  return store;
}

/** `a=b,c!=d,e in (f,g),h`, as far as helm and kubectl ask for it. */
export function isSelected(labels: Readonly<Record<string, string>>, selector: string): boolean {
  return selector
    .split(/,(?![^(]*\))/)
    .filter(Boolean)
    .every(part => {
      const among = /^(\S+) in \((.+)\)$/.exec(part);
      if (among) return among[2]?.split(',').includes(labels[among[1] ?? ''] ?? '');
      const [, key = '', operator, value] = /^([^=!]+)(!=|==?)?(.*)$/.exec(part) ?? [];
      if (operator === undefined) return key in labels;
      return (labels[key] === value) === (operator !== '!=');
    });
}
