import { createHash } from 'node:crypto';
import { type IncomingMessage } from 'node:http';

import { type Viewer } from '#platform/viewer.ts';

import { type Freshness } from './freshness.ts';

/** What a client is told about keeping an answer: headers, as name, value, name, value; and whether it has the answer already. */
export type ToldClient = { readonly headers: readonly string[]; readonly unchanged: boolean };

type Answered = {
  readonly request: IncomingMessage;
  readonly viewer: Viewer;
  readonly freshness: ReturnType<Freshness['read']>;
  readonly answer: { readonly status: number; readonly text: string };
};

type Settings = {
  /** Seconds for which clients need not ask. */
  readonly clientMaxAgeSeconds: number;
  /** Headers of clients that subgraphs see. */
  readonly forwarded: readonly string[];
};

const nothing: ToldClient = { headers: ['cache-control', 'no-store'], unchanged: false };

/**
 * Only whole answers to GET may be kept; of viewers that are known, only what everybody sees, and only by themselves. A known
 * viewer's own data, errors, changes and whatever no subgraph allows are `no-store`.
 */
export function tellClient({ request, viewer, freshness, answer }: Answered, settings: Settings): ToldClient {
  const { status, text } = answer;
  if (request.method !== 'GET' || status !== 200 || !text.startsWith('{"data":') || !freshness)
    return nothing;
  const known = viewer.kind !== 'anonymous' || request.headers.authorization !== undefined;
  if (known && freshness.scope === 'private') return nothing;
  const scope = known ? 'private' : freshness.scope;
  const maxAge = Math.min(freshness.maxAge, freshness.age + settings.clientMaxAgeSeconds);
  const cacheControl =
    settings.clientMaxAgeSeconds === 0
      ? `${scope}, max-age=0, must-revalidate`
      : `${scope}, max-age=${maxAge}`;
  const etag = `W/"${createHash('sha256').update(text).digest('base64url')}"`;
  const vary = ['accept', 'accept-encoding', 'authorization', ...settings.forwarded].join(', ');
  return {
    headers: ['cache-control', cacheControl, 'age', String(freshness.age), 'etag', etag, 'vary', vary],
    unchanged: matches(request.headers['if-none-match'], etag),
  };
}

/** Compares weakly, as RFC 9110 wants it here. */
function matches(given: string | undefined, etag: string): boolean {
  if (given === undefined) return false;
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return given.split(',').some(tag => tag.trim() === '*' || opaque(tag) === opaque(etag));
}
