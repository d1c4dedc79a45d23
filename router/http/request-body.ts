import { type IncomingMessage } from 'node:http';

import { readBody } from '#platform/http.ts';

import { isRecord } from '../json.ts';
import { type Found } from './find-document.ts';
import { type GraphqlRequest } from './graphql.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What was read, or why it was not and with which HTTP status that is answered. */
export type Read = { readonly body: unknown } | { readonly status: number; readonly fault: string };

/** The body as JSON. Other content types pass as no body, for Apollo Server to refuse in its own words. */
export function readJson(request: IncomingMessage, limit: number): Promise<Read> {
  const type = request.headers['content-type'] ?? '';
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    return Promise.resolve({ status: 415, fault: 'Compressed request bodies are not read.' });
  return readBody(request, limit).then(bytes => parseBody(type, bytes));
}

function parseBody(type: string, bytes: Buffer): Read {
  if (type !== 'application/json') {
    if (!/^application\/(graphql\+)?json\b/i.test(type)) return { body: undefined };
    if (/charset=(?!"?utf-?8"?)/i.test(type)) return { status: 415, fault: 'The body must be UTF-8.' };
  }
  try {
    const text = utf8.decode(bytes);
    // PostgreSQL stores no NUL, so no text of ours may hold one.
    if (text.includes('\\u0000') && /(?<!\\)(?:\\\\)*\\u0000/.test(text))
      return { status: 400, fault: 'Text must not contain NUL.' };
    return { body: JSON.parse(text) as unknown };
  } catch {
    // Not UTF-8, or not JSON, or nested until the parser gave up: the same answer, without an echo.
    return { status: 400, fault: 'The body is not JSON in UTF-8.' };
  }
}

/** A body in the form that nearly every client sends; null for anything out of the ordinary, which Apollo Server answers. */
export function readRequest(body: unknown): GraphqlRequest | null {
  if (body === null || typeof body !== 'object') return null;
  const { query, operationName, variables, extensions } = body as Readonly<Record<string, unknown>>;
  if (typeof query !== 'string') return null;
  if (extensions !== undefined && (typeof extensions !== 'object' || Array.isArray(extensions))) return null;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return null;
  if (variables === undefined || variables === null) return { query, operationName, variables: {} };
  if (typeof variables !== 'object' || Array.isArray(variables)) return null;
  return { query, operationName, variables: variables as Record<string, unknown> };
}

/**
 * An operation in the address, in the form that nearly every client sends; null for anything else, above all for requests that
 * a page of another origin could make without being asked for (CSRF), which Apollo Server refuses.
 */
export function readSearch(
  { headers }: IncomingMessage,
  { source, operationName, variables, search }: Found,
): GraphqlRequest | null {
  const asksFirst = headers['apollo-require-preflight'] ?? headers['x-apollo-operation-name'];
  if (!asksFirst || typeof source !== 'string' || operationName === '') return null;
  if (variables !== undefined && !isRecord(variables)) return null;
  const names = [...new URLSearchParams(search).keys()];
  if (new Set(names).size < names.length) return null;
  return {
    query: source,
    operationName: typeof operationName === 'string' ? operationName : null,
    variables: variables ?? {},
    byGet: true,
  };
}

/** A GET of the stream carries the operation in its address. */
export function searchBody(request: IncomingMessage): unknown {
  const search = new URL(request.url ?? '/', 'http://router').searchParams;
  const [variables, extensions] = [search.get('variables'), search.get('extensions')];
  return {
    query: search.get('query') ?? undefined,
    operationName: search.get('operationName') ?? undefined,
    variables: variables === null ? undefined : parseOrNull(variables),
    documentId: search.get('documentId') ?? undefined,
    extensions: extensions === null ? undefined : parseOrNull(extensions),
  };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The caller finds that this is not what it should be and says so.
    return null;
  }
}
