import { z } from 'zod';

import { flag } from '#platform/config.ts';

/** Where GraphOS Studio is told of the operations that were asked, and how long their fields took. */
export type UsageSettings = {
  readonly apiKey: string;
  /** For example `my-graph@production`. */
  readonly graphRef: string;
  /** Share of operations whose fields are timed, 0 to 1. */
  readonly fieldRatio: number;
  /** Base address; Apollo's own when undefined. */
  readonly endpoint: string | undefined;
};

/** The variables behind UsageSettings, beside APOLLO_KEY and APOLLO_GRAPH_REF. */
export const usageShape = {
  APOLLO_USAGE_REPORTING: flag(true),
  APOLLO_FIELD_LEVEL_INSTRUMENTATION: z.coerce.number().min(0).max(1).default(0.01),
  APOLLO_USAGE_REPORTING_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
} as const;

type Read = {
  readonly APOLLO_KEY?: string | undefined;
  readonly APOLLO_GRAPH_REF?: string | undefined;
  readonly APOLLO_USAGE_REPORTING: boolean;
  readonly APOLLO_FIELD_LEVEL_INSTRUMENTATION: number;
  readonly APOLLO_USAGE_REPORTING_ENDPOINT?: string | undefined;
};

/** Null without a key and a graph, and when it is switched off. */
export function usageOf(read: Read): UsageSettings | null {
  const { APOLLO_KEY: apiKey, APOLLO_GRAPH_REF: graphRef } = read;
  if (!read.APOLLO_USAGE_REPORTING || apiKey === undefined || graphRef === undefined) return null;
  return {
    apiKey,
    graphRef,
    fieldRatio: read.APOLLO_FIELD_LEVEL_INSTRUMENTATION,
    endpoint: read.APOLLO_USAGE_REPORTING_ENDPOINT,
  };
}
