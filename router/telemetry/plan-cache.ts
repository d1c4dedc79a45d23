import { type Metrics } from '#platform/metrics.ts';

type Sizes = { readonly operations: number; readonly plans: number };

/** Tells, when it is asked, how full the cache of operations and plans is. */
export function meterPlanCache(metrics: Metrics, sizes: () => Sizes): void {
  const operations = metrics.gauge(
    'gateway_operations_cached',
    'Operations that are known without being read.',
  );
  const plans = metrics.gauge(
    'gateway_query_plan_cache_size',
    'Plans that are kept: at least one for each operation that was executed, more where rights differ.',
  );
  Object.assign(operations, { collect: () => operations.set(sizes().operations) });
  Object.assign(plans, { collect: () => plans.set(sizes().plans) });
}
