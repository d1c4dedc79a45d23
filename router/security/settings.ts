import { z } from 'zod';

import { flag, integer } from '#platform/config.ts';

import { type Limits, limits } from './limits.ts';

/** What happens to fields that the viewer may not have: null with an error each, or the whole operation is refused. */
export type Unauthorized = 'null' | 'refuse';

/** Whether operations that are not on the list run: all do, all do and strangers are logged, none does. */
export type SafelistMode = 'off' | 'log' | 'enforce';

/** What the router's guards need to know. */
export type SecuritySettings = {
  readonly limits: Limits;
  readonly unauthorized: Unauthorized;
  /** Whether answers tell their cost in `extensions.cost`. */
  readonly showCost: boolean;
  readonly persisted: {
    /** Automatic persisted queries: clients send a hash instead of a text that was sent before. */
    readonly automatic: boolean;
    readonly mode: SafelistMode;
    /** File with the manifest; empty: none. */
    readonly manifest: string;
  };
};

export const securityShape = {
  ROUTER_MAX_TOKENS: integer(limits.tokens, 10, 100_000),
  ROUTER_MAX_DEPTH: integer(limits.depth, 1, 500),
  ROUTER_MAX_ALIASES: integer(limits.aliases, 0, 10_000),
  ROUTER_MAX_ROOT_FIELDS: integer(limits.rootFields, 1, 10_000),
  ROUTER_MAX_DIRECTIVES: integer(limits.directives, 0, 10_000),
  ROUTER_MAX_DIRECTIVES_PER_FIELD: integer(limits.directivesOfOne, 0, 1_000),
  ROUTER_MAX_SELECTIONS: integer(limits.selections, 1, 100_000),
  ROUTER_MAX_BREADTH: integer(limits.breadth, 1, 10_000),
  ROUTER_MAX_REPEATS: integer(limits.repeats, 0, 10_000),
  ROUTER_MAX_DEFERS: integer(limits.defers, 0, 1_000),
  ROUTER_MAX_COST: integer(limits.cost, 1),
  ROUTER_MAX_PAGE: integer(limits.page, 1),
  ROUTER_MAX_LIST_ITEMS: integer(limits.listItems, 1),
  ROUTER_MAX_VALUE_DEPTH: integer(limits.valueDepth, 1, 500),
  ROUTER_MAX_VALUES: integer(limits.values, 1),
  ROUTER_MAX_OPERATIONS: integer(limits.operations, 1, 10_000),
  ROUTER_MAX_NAME_LENGTH: integer(limits.nameLength, 1, 10_000),
  ROUTER_UNAUTHORIZED: z.enum(['null', 'refuse']).default('null'),
  ROUTER_SHOW_COST: flag(false),
  RATE_LIMIT_COST_PER_MINUTE: integer(0),
  AUTOMATIC_PERSISTED_QUERIES: flag(true),
  PERSISTED_OPERATIONS_MODE: z.enum(['off', 'log', 'enforce']).default('off'),
  PERSISTED_OPERATIONS_MANIFEST: z.string().default(''),
} as const;

type Read = z.output<z.ZodObject<typeof securityShape>>;

/** The settings of the guards, of all that the router has read. */
export function securityOf(read: Read): SecuritySettings {
  if (read.PERSISTED_OPERATIONS_MODE !== 'off' && read.PERSISTED_OPERATIONS_MANIFEST === '') {
    throw new Error(
      `bad configuration\n  PERSISTED_OPERATIONS_MANIFEST: mode ${read.PERSISTED_OPERATIONS_MODE} needs one`,
    );
  }
  return {
    limits: {
      tokens: read.ROUTER_MAX_TOKENS,
      depth: read.ROUTER_MAX_DEPTH,
      aliases: read.ROUTER_MAX_ALIASES,
      rootFields: read.ROUTER_MAX_ROOT_FIELDS,
      directives: read.ROUTER_MAX_DIRECTIVES,
      directivesOfOne: read.ROUTER_MAX_DIRECTIVES_PER_FIELD,
      selections: read.ROUTER_MAX_SELECTIONS,
      breadth: read.ROUTER_MAX_BREADTH,
      repeats: read.ROUTER_MAX_REPEATS,
      defers: read.ROUTER_MAX_DEFERS,
      cost: read.ROUTER_MAX_COST,
      page: read.ROUTER_MAX_PAGE,
      listItems: read.ROUTER_MAX_LIST_ITEMS,
      valueDepth: read.ROUTER_MAX_VALUE_DEPTH,
      values: read.ROUTER_MAX_VALUES,
      operations: read.ROUTER_MAX_OPERATIONS,
      nameLength: read.ROUTER_MAX_NAME_LENGTH,
    },
    unauthorized: read.ROUTER_UNAUTHORIZED,
    showCost: read.ROUTER_SHOW_COST,
    persisted: {
      automatic: read.AUTOMATIC_PERSISTED_QUERIES,
      mode: read.PERSISTED_OPERATIONS_MODE,
      manifest: read.PERSISTED_OPERATIONS_MANIFEST,
    },
  };
}
