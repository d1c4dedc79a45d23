import { type IncomingMessage } from 'node:http';

import { type GraphQLError } from 'graphql';

import { isRecord } from '../json.ts';
import { type PersistedOperations, type Resolution } from '../security/persisted-operations.ts';

type MaybeLater<T> = T | Promise<T>;

/** A request as Apollo Server reads it: a body, or what stands in the address. */
export type Asked = { readonly body: unknown; readonly search: string };

/** A request whose document stands in it in full, however it was sent. */
export type Found = Asked & {
  readonly source: unknown;
  readonly operationName: unknown;
  readonly variables: unknown;
  /** To be called once the document has proved valid; null: nothing is to be kept. */
  readonly keep: (() => void) | null;
};

/** Puts the document that a hash or an id stands for into the request. Answers the refusal when there is none. */
export function findDocument(
  persisted: PersistedOperations,
  request: IncomingMessage,
  body: unknown,
): MaybeLater<Found | { readonly refused: GraphQLError }> {
  return request.method === 'POST' ? inBody(persisted, body) : inAddress(persisted, request);
}

function inBody(
  persisted: PersistedOperations,
  body: unknown,
): MaybeLater<Found | { readonly refused: GraphQLError }> {
  // What is no object at all is refused by Apollo Server.
  if (!isRecord(body)) return { ...nothing, body };
  const { query } = body;
  if (typeof query !== 'string' && !namesDocument(body['extensions'], body['documentId']))
    return { ...nothing, body };
  const resolution = persisted.resolve(body);
  return resolution instanceof Promise
    ? resolution.then(later => withDocument(body, later))
    : withDocument(body, resolution);
}

function withDocument(
  body: Readonly<Record<string, unknown>>,
  resolution: Resolution,
): Found | { readonly refused: GraphQLError } {
  if ('refused' in resolution) return resolution;
  const { source, keep } = resolution;
  const { query, operationName, variables } = body;
  const found = { source, operationName, variables, keep, search: '' };
  if (source === query && !namesDocument(body['extensions'], undefined)) return { ...found, body };
  const { extensions: _read, ...rest } = body;
  return { ...found, body: { ...rest, query: source } };
}

async function inAddress(
  persisted: PersistedOperations,
  { url = '' }: IncomingMessage,
): Promise<Found | { readonly refused: GraphQLError }> {
  const at = url.indexOf('?');
  const search = new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
  const query = search.get('query') ?? undefined;
  const extensions = parsed(search.get('extensions'));
  const documentId = search.get('documentId') ?? undefined;
  if (query === undefined && !namesDocument(extensions, documentId))
    return { ...nothing, search: search.toString() };
  const resolution = await persisted.resolve({ query, extensions, documentId });
  if ('refused' in resolution) return resolution;
  const { source, keep } = resolution;
  search.delete('extensions');
  search.delete('documentId');
  search.set('query', source);
  return {
    source,
    operationName: search.get('operationName'),
    variables: parsed(search.get('variables')),
    keep,
    body: undefined,
    search: search.toString(),
  };
}

function namesDocument(extensions: unknown, documentId: unknown): boolean {
  return documentId !== undefined || (isRecord(extensions) && 'persistedQuery' in extensions);
}

const nothing = {
  body: undefined,
  search: '',
  source: undefined,
  operationName: undefined,
  variables: undefined,
  keep: null,
} as const;

/** Text that is not JSON stays what it is: whoever reads it says what is wrong. */
function parsed(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
