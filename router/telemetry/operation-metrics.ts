import { type GraphQLError } from 'graphql';

import { type Metrics } from '#platform/metrics.ts';

import { type GraphqlContext } from '../http/graphql.ts';
import { type OperationLabels } from './operation-labels.ts';

type Observed = {
  readonly kind: string;
  readonly name: string | null | undefined;
  readonly errors: readonly GraphQLError[];
  /** On the clock of performance.now. */
  readonly started: number;
};

/** Codes of errors that no client can avoid. */
const ours = new Set(['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'OVERLOADED']);

/** Meters operations and fills in their outcome. */
export function createOperationMetrics(labels: OperationLabels, metrics: Metrics) {
  const seconds = metrics.histogram('graphql_request_duration_seconds', 'Seconds that an operation took.', [
    'operation_type',
    'operation_name',
    'outcome',
  ]);
  const faults = metrics.counter('graphql_errors_total', 'Errors in answers by code.', ['code']);
  for (const code of ours) faults.inc({ code }, 0);
  const failed = metrics.counter(
    'graphql_operations_failed_total',
    'Operations with an error that is ours, not the client’s: what the availability objective counts.',
    ['operation_type'],
  );
  for (const operation_type of ['query', 'mutation', 'subscription']) failed.inc({ operation_type }, 0);
  return ({ outcome }: GraphqlContext, { kind, name, errors, started }: Observed): void => {
    const codes = errors.map(knownCode);
    for (const code of codes) faults.inc({ code });
    if (codes.some(code => ours.has(code))) failed.inc({ operation_type: kind });
    const label = labels.of(name);
    if (outcome) {
      outcome.type = kind;
      outcome.name = label;
      outcome.codes = codes;
    }
    seconds.observe(
      { operation_type: kind, operation_name: label, outcome: codes.length === 0 ? 'ok' : 'error' },
      (performance.now() - started) / 1_000,
    );
  };
}

function knownCode(error: GraphQLError): string {
  const { code } = error.extensions;
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? code : 'INTERNAL_SERVER_ERROR';
}
