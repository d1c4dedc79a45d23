import { type GraphQLError } from 'graphql';

import { type CompletionFault } from '../projection/generate.ts';

/** A result whose data is JSON text already; errors are not masked yet. */
export type Executed = {
  readonly data: string;
  readonly errors: readonly GraphQLError[];
  readonly faults: readonly CompletionFault[];
  /** Points that it cost, when clients are told. */
  readonly cost: number | null;
};

/** What an answer tells beside data and errors. */
export function extensionsOf({ faults, cost }: Executed): Record<string, unknown> | null {
  if (faults.length === 0 && cost === null) return null;
  return {
    ...(faults.length > 0 ? { valueCompletion: faults } : {}),
    ...(cost === null ? {} : { cost: { estimated: cost } }),
  };
}
