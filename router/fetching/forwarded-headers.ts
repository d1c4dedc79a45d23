import { type IncomingHttpHeaders } from 'node:http';

/** Which of a client's headers go on, by lower-case name: to all subgraphs, or to those that are named. */
export type ForwardRules = ReadonlyMap<string, 'all' | ReadonlySet<string>>;

/** Headers that go on: names and values in turn. */
export type HeaderList = readonly string[];

// Credentials and what the router says itself never come from a client; the rest belongs to one connection or one body.
const withheld =
  /^(authorization|cookie|set-cookie|host|content-.*|accept|accept-encoding|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|forwarded|via|traceparent|tracestate|baggage|x-forwarded-.*|x-real-ip|x-user-.*|x-client-.*|x-correlation-id|x-internal-.*|x-sql-.*|apollo-federation-.*)$/;
const LONGEST = 2_048;

/**
 * Reads `accept-language, orders:x-tenant`: a name goes to all subgraphs, `subgraph:name` to one. Throws for headers that are
 * never passed on.
 */
export function readForwardRules(list: string): ForwardRules {
  const rules = new Map<string, 'all' | Set<string>>();
  for (const item of list.split(',').map(each => each.trim().toLowerCase())) {
    if (item === '') continue;
    const [, subgraph, name = ''] = /^(?:([a-z0-9_-]+):)?([^:]*)$/.exec(item) ?? [];
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) throw new Error(`"${item}" is not the name of a header`);
    if (withheld.test(name)) throw new Error(`${name} is never passed on`);
    const known = rules.get(name);
    if (subgraph === undefined) rules.set(name, 'all');
    else if (known === undefined) rules.set(name, new Set([subgraph]));
    else if (known !== 'all') known.add(subgraph);
  }
  return rules;
}

const none: HeaderList = [];

/** What of a client's headers goes on at all. The same headers give the same list, in the order of the rules. */
export function forwardedHeaders(rules: ForwardRules, headers: IncomingHttpHeaders): HeaderList {
  if (rules.size === 0) return none;
  const list: string[] = [];
  for (const name of rules.keys()) {
    const value = headers[name];
    const text = Array.isArray(value) ? value.join(', ') : value;
    if (text !== undefined && text.length <= LONGEST) list.push(name, text);
  }
  return list;
}

/** Those of them that one subgraph gets. */
export function forwardedTo(subgraph: string, rules: ForwardRules, list: HeaderList): HeaderList {
  if (list.length === 0) return none;
  const own: string[] = [];
  for (let index = 0; index < list.length; index += 2) {
    const name = list[index] ?? '';
    const rule = rules.get(name);
    if (rule === 'all' || rule?.has(subgraph)) own.push(name, list[index + 1] ?? '');
  }
  return own;
}
