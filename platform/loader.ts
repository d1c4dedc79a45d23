import DataLoader from 'dataloader';

import { ambient } from './ambient.ts';

export type Loader<K, V, C = K> = DataLoader<K, V, C>;

/** A DataLoader of one request, whose batches are metered: a batch of one where there are many means N+1. */
export function batchLoader<K, V, C = K>(
  load: DataLoader.BatchLoadFn<K, V>,
  options?: DataLoader.Options<K, V, C>,
): Loader<K, V, C> {
  return new DataLoader<K, V, C>(keys => {
    ambient()?.batch?.(keys.length);
    return load(keys);
  }, options);
}
