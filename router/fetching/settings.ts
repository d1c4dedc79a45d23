import { z } from 'zod';

import { flag, integer } from '#platform/config.ts';

import { type ForwardRules, readForwardRules } from './forwarded-headers.ts';

/** How one subgraph is asked. */
export type PlaceSettings = {
  /** Connections for queries while the subgraph answers quickly; while it does not, more are opened. */
  readonly connections: number;
  /** Queries that may follow each other on one connection before the first is answered; 1: none. */
  readonly pipelining: number;
  /** Milliseconds after which a connection is replaced by one to a newly resolved address. */
  readonly connectionLifeMs: number;
  /** Requests that the subgraph may leave unanswered; more are refused at once. */
  readonly concurrency: number;
  /** Milliseconds for which a subgraph that fails is left alone. */
  readonly breakerOpenMs: number;
  /** Largest answer in bytes. */
  readonly maxResponseBytes: number;
};

/** How subgraphs are asked. */
export type FetchSettings = PlaceSettings & {
  /** Whether a query that is under way answers identical ones of other requests. */
  readonly share: boolean;
  /** Which of the client's headers go on. */
  readonly forward: ForwardRules;
};

/** The variables behind FetchSettings. */
export const fetchShape = {
  ROUTER_MAX_RESPONSE_BYTES: integer(16_777_216, 65_536),
  ROUTER_SUBGRAPH_CONNECTIONS: z.coerce.number().int().min(1).max(64).optional(),
  ROUTER_SUBGRAPH_PIPELINING: integer(16, 1, 128),
  ROUTER_SUBGRAPH_CONCURRENCY: integer(512, 1, 100_000),
  ROUTER_SUBGRAPH_CONNECTION_LIFE_MS: integer(60_000, 100),
  ROUTER_BREAKER_OPEN_MS: integer(5_000, 50, 600_000),
  ROUTER_SHARE_FETCHES: flag(false),
  ROUTER_FORWARD_HEADERS: z
    .string()
    .default('')
    .transform((list, context): ForwardRules => {
      try {
        return readForwardRules(list);
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
        return z.NEVER;
      }
    }),
} as const;

/** How subgraphs are asked, of the settings that the router reads. */
export function fetchSettingsOf(read: z.output<z.ZodObject<typeof fetchShape>>): FetchSettings {
  const pipelining = read.ROUTER_SUBGRAPH_PIPELINING;
  return {
    // Without pipelining each query in flight needs a connection.
    connections: read.ROUTER_SUBGRAPH_CONNECTIONS ?? (pipelining === 1 ? 64 : 8),
    pipelining,
    connectionLifeMs: read.ROUTER_SUBGRAPH_CONNECTION_LIFE_MS,
    concurrency: read.ROUTER_SUBGRAPH_CONCURRENCY,
    breakerOpenMs: read.ROUTER_BREAKER_OPEN_MS,
    maxResponseBytes: read.ROUTER_MAX_RESPONSE_BYTES,
    share: read.ROUTER_SHARE_FETCHES,
    forward: read.ROUTER_FORWARD_HEADERS,
  };
}
