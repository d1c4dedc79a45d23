import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

export const GRAPHQL_RESPONSE = 'application/graphql-response+json; charset=utf-8';
export const JSON_RESPONSE = 'application/json; charset=utf-8';

// Clients send few different Accept headers; whoever sends ever new ones pays for each.
const REMEMBERED = 200;
const LONGEST_REMEMBERED = 300;
const chosen = new LRUCache<string, string>({ max: REMEMBERED });

/**
 * The type of an answer in one piece for a client's Accept header (RFC 9110, 12.5.1), as Apollo Server chooses it; undefined when
 * the client takes neither.
 */
export function answerType(accept: string | undefined): string | undefined {
  if (accept === undefined || accept === '') return JSON_RESPONSE;
  const known = chosen.get(accept);
  if (known !== undefined) return known;
  const type = new Negotiator({ headers: { accept } }).mediaType([JSON_RESPONSE, GRAPHQL_RESPONSE]);
  if (type !== undefined && accept.length <= LONGEST_REMEMBERED) chosen.set(accept, type);
  return type;
}

/** Whether a client asks for `application/json` by name and for nothing else, as those of the old kind do. */
export function asksForPlainJson(accept: string): boolean {
  return accept.split(',').every(range => /^\s*application\/json\s*(;|$)/i.test(range));
}
