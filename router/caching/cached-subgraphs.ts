import { createHash } from 'node:crypto';

import { type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';

import { type Reply } from '../fetching/exchange.ts';
import { type ForwardRules, forwardedTo } from '../fetching/forwarded-headers.ts';
import { type RequestFacts, type SubgraphCall, type Subgraphs } from '../fetching/subgraph-request.ts';
import { type Hint, readCacheControl } from './cache-control.ts';
import { changingTypes } from './changes.ts';
import { type Entries, type Entry, type Wanted } from './entries.ts';
import { type FetchFacts, eachNamed, readFetch } from './fetch-facts.ts';
import { type Freshness } from './freshness.ts';
import { type Invalidation, tagOfAny, tagsOfOne } from './invalidation.ts';
import { type Parts, faultsOf, putTogether, readBody, takeApart, textsOf } from './parts.ts';

/** What became of the parts of fetches. */
export type CacheMeter = {
  looked(result: 'hit' | 'shared' | 'miss' | 'bypass', times: number): void;
  /** A fetch of which every part was kept. */
  saved(): void;
};

type Options = {
  readonly entries: Entries;
  readonly invalidation: Invalidation;
  /** Of a request whose fetches may be answered from what is kept; undefined: they may not. */
  readonly freshnessOf: (facts: RequestFacts) => Freshness | undefined;
  readonly forward: ForwardRules;
  readonly maxAgeSeconds: number;
  readonly meter: CacheMeter;
  readonly now: () => number;
};

/** A part that another request has asked for already. */
type Flight = { readonly at: number; readonly joinUntil: number; readonly part: Promise<Entry | null> };
type Received = Exclude<Reply, { failure: unknown }>;
type Fetched = { readonly reply: Reply; readonly asked: readonly number[]; readonly hint: Hint | null };
type Loaded = { readonly entries: ReadonlyMap<number, Entry>; readonly fetched: Fetched | null };

/** How long a fetch whose answer may not be kept is sent without looking. */
const HOPELESS_MS = 10_000;
const MAX_FETCHES = 5_000;

/** The subgraphs of one supergraph, with what is kept of their answers in front of them. */
export function withCache(subgraphs: Subgraphs, schema: GraphQLSchema, options: Options): Subgraphs {
  const { entries, invalidation, freshnessOf, forward, maxAgeSeconds, meter, now } = options;
  const known = new LRUCache<string, { readonly facts: FetchFacts | null }>({ max: MAX_FETCHES });
  const flights = new Map<string, Flight>();

  const factsOf = (query: string): FetchFacts | null => {
    let found = known.get(query);
    if (!found) known.set(query, (found = { facts: readFetch(query, schema) }));
    return found.facts;
  };

  const hintOf = ({ answer, cacheControl }: Received): Hint | null => {
    const hint = answer.errors ? null : readCacheControl(cacheControl);
    return hint && { ...hint, maxAge: Math.min(hint.maxAge, maxAgeSeconds) };
  };

  const wantedOf = (call: SubgraphCall, request: RequestFacts, facts: FetchFacts, parts: Parts): Wanted[] => {
    // Rights are part of the question: who may see drafts finds others than who may not.
    const rights = request.viewer.scopes.toSorted();
    const forwarded = forwardedTo(call.subgraph, forward, request.forwarded ?? []);
    const common = createHash('sha256')
      .update(JSON.stringify([call.subgraph, facts.digest, rights, forwarded, parts.variables]))
      .digest('base64url');
    const nested = anyOf(call.subgraph, facts.touched);
    const tagsOf = (text: string, tags: readonly string[]): readonly string[] => {
      if (facts.naming.length === 0) return tags;
      const all = new Set(tags);
      eachNamed(facts.naming, JSON.parse(text), (type, id) => {
        for (const tag of tagsFor(call.subgraph, type, id)) all.add(tag);
      });
      return [...all];
    };
    if (!parts.representations) return [{ key: common, tags: nested, tagsOf: text => tagsOf(text, nested) }];
    return parts.representations.map(representation => {
      const tags = [...tagsFor(call.subgraph, representation['__typename'], representation['id']), ...nested];
      return {
        key: `${common} ${JSON.stringify(representation)}`,
        tags,
        tagsOf: text => tagsOf(text, tags),
      };
    });
  };

  const passOn = async (
    call: SubgraphCall,
    request: RequestFacts,
    freshness: Freshness,
    facts: FetchFacts | null,
  ): Promise<Reply> => {
    meter.looked('bypass', 1);
    const reply = await subgraphs.call(call, request);
    const hint = 'failure' in reply ? null : hintOf(reply);
    freshness.add(hint, 0);
    if (facts && hint?.scope === 'public') facts.hopelessUntil = 0;
    return reply;
  };

  const answer = async (
    call: SubgraphCall,
    request: RequestFacts,
    freshness: Freshness,
    { facts, parts }: { readonly facts: FetchFacts; readonly parts: Parts },
  ): Promise<Reply> => {
    const until = performance.now() + call.deadlineMs;
    const wanted = wantedOf(call, request, facts, parts);
    const have: (Entry | null)[] = wanted.map(each => entries.peek(each));
    // Whom an answer under way will name, nobody knows.
    const unknown = anyOf(call.subgraph, facts.named);
    const joined: { readonly index: number; readonly part: Promise<Entry | null> }[] = [];
    const own: number[] = [];
    for (const [index, { key, tags }] of wanted.entries()) {
      if (have[index]) continue;
      const flight = flights.get(key);
      const joins = flight && performance.now() < flight.joinUntil;
      if (joins && invalidation.holds([...tags, ...unknown], flight.at, false))
        joined.push({ index, part: flight.part });
      else own.push(index);
    }
    meter.looked('hit', wanted.length - joined.length - own.length);

    const fetchParts = async (asked: readonly number[]): Promise<Loaded> => {
      meter.looked('miss', asked.length);
      const at = now();
      const deadlineMs = Math.max(1, until - performance.now());
      const reply = await subgraphs.call({ ...call, deadlineMs, body: parts.bodyOf(asked) }, request);
      const hint = 'failure' in reply ? null : hintOf(reply);
      const made = new Map<number, Entry>();
      if ('failure' in reply || hint?.scope !== 'public') {
        if (!('failure' in reply || reply.answer.errors)) facts.hopelessUntil = now() + HOPELESS_MS;
        return { entries: made, fetched: { reply, asked, hint } };
      }
      const texts = textsOf(reply, parts, asked);
      for (const [nth, index] of asked.entries()) {
        const text = texts[nth] ?? 'null';
        made.set(index, { text, at, maxAge: hint.maxAge, tags: wanted[index]?.tagsOf(text) ?? [] });
      }
      entries.keep([...made].map(([index, entry]) => ({ key: wanted[index]?.key ?? '', entry })));
      return { entries: made, fetched: { reply, asked, hint } };
    };

    const load = async (indexes: readonly number[]): Promise<Loaded> => {
      if (!entries.read) return fetchParts(indexes);
      const found = await entries.read(indexes.flatMap(index => wanted[index] ?? []));
      const stored = new Map(indexes.flatMap((index, nth) => (found[nth] ? [[index, found[nth]]] : [])));
      meter.looked('hit', stored.size);
      const missing = indexes.filter(index => !stored.has(index));
      if (missing.length === 0) return { entries: stored, fetched: null };
      const { entries: made, fetched } = await fetchParts(missing);
      return { entries: new Map([...stored, ...made]), fetched };
    };

    const loading = own.length === 0 ? null : load(own);
    const joinUntil = performance.now() + call.deadlineMs / 2;
    for (const index of loading ? own : []) {
      const key = wanted[index]?.key ?? '';
      const part =
        loading?.then(loaded => loaded.entries.get(index) ?? null).catch(() => null) ?? Promise.resolve(null);
      const flight: Flight = { at: now(), joinUntil, part };
      flights.set(key, flight);
      void part.finally(() => flights.get(key) === flight && flights.delete(key));
    }

    const fetches: Fetched[] = [];
    const take = ({ entries: loaded, fetched }: Loaded): void => {
      for (const [index, entry] of loaded) have[index] = entry;
      if (fetched) fetches.push(fetched);
    };
    if (loading) take(await loading);
    const again: number[] = [];
    for (const { index, part } of joined) {
      const entry = await part;
      if (entry) have[index] = entry;
      // What the other got was for him alone, or nothing.
      else again.push(index);
    }
    meter.looked('shared', joined.length - again.length);
    if (again.length > 0) take(await fetchParts(again));
    if (fetches.length === 0) meter.saved();
    return combine(have, fetches, freshness, parts);
  };

  const combine = (
    have: readonly (Entry | null)[],
    fetches: readonly Fetched[],
    freshness: Freshness,
    parts: Parts,
  ): Reply => {
    const time = now();
    for (const entry of have)
      if (entry)
        freshness.add({ maxAge: entry.maxAge, scope: 'public' }, Math.max(0, time - entry.at) / 1_000);
    for (const { hint } of fetches) freshness.add(hint, 0);
    const [first] = fetches;
    if (first && (first.asked.length === parts.count || 'failure' in first.reply)) return first.reply;
    const texts = have.map(entry => entry?.text ?? 'null');
    const faults: ReturnType<typeof faultsOf>[number][] = [];
    let statements = 0;
    for (const { reply, asked } of fetches) {
      if ('failure' in reply) return reply;
      statements += reply.statements;
      faults.push(...faultsOf(reply, parts, asked));
      const fresh = textsOf(reply, parts, asked);
      for (const [nth, index] of asked.entries()) texts[index] = fresh[nth] ?? 'null';
    }
    const kept = fetches.length === 0;
    return { ...putTogether(parts, texts, faults), statements, cacheControl: '', kept };
  };

  return {
    ...subgraphs,
    call: (call, request) => {
      const freshness = freshnessOf(request);
      if (!freshness) return subgraphs.call(call, request);
      if (!call.repeatable) {
        freshness.change();
        return subgraphs.call(call, request);
      }
      const body = readBody(call);
      const facts = factsOf(body.query);
      if (!facts || !freshness.usable || now() < facts.hopelessUntil)
        return passOn(call, request, freshness, facts);
      return answer(call, request, freshness, { facts, parts: takeApart(call, body, facts) });
    },
  };
}

/** Ids that events could name; whoever asks by anything else may find any entity of the type. */
const plainId = /^[\w-]{1,64}$/;

/** What changes an answer that is about one entity, or holds it. */
function tagsFor(subgraph: string, type: unknown, id: unknown): readonly string[] {
  if (typeof type !== 'string' || !changingTypes.has(`${subgraph}/${type}`)) return [];
  return typeof id === 'string' && plainId.test(id)
    ? tagsOfOne(subgraph, type, id.toLowerCase())
    : [tagOfAny(subgraph, type)];
}

/** What changes an answer that may hold any entities of these types. */
function anyOf(subgraph: string, types: ReadonlySet<string>): string[] {
  return [...types]
    .filter(type => changingTypes.has(`${subgraph}/${type}`))
    .map(type => tagOfAny(subgraph, type));
}
