import { type DocumentNode } from 'graphql';

import { type Metrics } from '#platform/metrics.ts';

import { refusedRequest } from '../errors.ts';
import { type RequestFacts } from '../fetching/subgraph-request.ts';
import { budgetKey } from '../http/client.ts';
import { type Operations, type PreparedOperation } from '../planning/operations.ts';
import { type LimitChecks } from './limits.ts';
import { type Budget, type RateLimits, budgetHeaders } from './rate-limits.ts';

type Variables = Readonly<Record<string, unknown>>;

/** An operation that may run: its variables fit and budgets are left. */
export type Admitted = {
  readonly prepared: PreparedOperation;
  readonly coerced: Record<string, unknown>;
  readonly cost: number;
};

/** Checks operations against limits, variables and budgets; throws GraphQLError with the HTTP status in it. */
export type Admission = {
  /** Prepares an operation of a document that has passed validation, and admits it. */
  admit(
    document: DocumentNode,
    source: string,
    request: { operationName?: string | null | undefined; variables?: Variables | undefined },
    facts: RequestFacts,
  ): Promise<Admitted>;
  /** At once, unless budgets have to be asked. */
  admitPrepared(
    prepared: PreparedOperation,
    variables: Variables,
    facts: RequestFacts,
  ): Admitted | Promise<Admitted>;
};

type Dependencies = {
  readonly operations: Operations;
  readonly rateLimits: RateLimits;
  readonly limits: LimitChecks;
  readonly metrics: Metrics;
};

/** The last check before an operation is planned and executed. */
export function createAdmission({ operations, rateLimits, limits, metrics }: Dependencies): Admission {
  const costs = metrics
    .histogram(
      'operation_cost',
      'Points that operations cost before they run.',
      [],
      [10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000],
    )
    .series({});

  const takeBudgets = async (uses: ReadonlyMap<string, number>, facts: RequestFacts): Promise<void> => {
    for (const [rule, times] of uses) {
      refuseBeyond(await rateLimits.take(rule, budgetKey(facts.client.ip), times));
    }
  };

  const admitPrepared: Admission['admitPrepared'] = (prepared, variables, facts) => {
    if (prepared.budgets.size === 0) return weigh(prepared, variables, facts);
    return takeBudgets(prepared.budgets, facts).then(() => weigh(prepared, variables, facts));
  };

  const weigh = (
    prepared: PreparedOperation,
    variables: Variables,
    facts: RequestFacts,
  ): Admitted | Promise<Admitted> => {
    const coerced = operations.coerce(prepared.operation, variables);
    if ('errors' in coerced)
      throw refusedRequest(400, 'BAD_USER_INPUT', coerced.errors.map(error => error.message).join(' '));
    const fault = limits.valueFault(coerced.values) ?? prepared.pageFault(coerced.values);
    if (fault !== null) throw refusedRequest(400, 'BAD_USER_INPUT', fault);
    const points = prepared.cost(coerced.values);
    costs.observe(points);
    const most = limits.limits.cost;
    if (points > most) {
      throw refusedRequest(
        400,
        'QUERY_TOO_EXPENSIVE',
        `The operation costs ${points} points; at most ${most} are allowed. Ask for smaller pages.`,
      );
    }
    const admitted = { prepared, coerced: coerced.values, cost: points };
    const budget = rateLimits.take('cost', budgetKey(facts.client.ip), points);
    return budget
      ? budget.then(left => {
          refuseBeyond(left);
          return admitted;
        })
      : admitted;
  };

  const admit: Admission['admit'] = async (document, source, request, facts) => {
    const prepared = await operations.prepare(document, source, request.operationName);
    if (!prepared)
      throw refusedRequest(400, 'OPERATION_RESOLUTION_FAILURE', 'The document has no such operation.');
    return admitPrepared(prepared, request.variables ?? {}, facts);
  };

  return { admit, admitPrepared };
}

function refuseBeyond(budget: Budget | null): void {
  if (budget?.exceeded)
    throw refusedRequest(
      429,
      'RATE_LIMITED',
      'Too many requests of this kind; try again later.',
      budgetHeaders(budget),
    );
}
