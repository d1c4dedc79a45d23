import process from 'node:process';

import { run } from '#platform/run.ts';

import { type MetricsAnswer, type MetricsQuestion } from './cluster-metrics.ts';
import { type Router } from './service.ts';

/** What the primary process sends to end a worker. */
export const STOP = 'stop';
/** What a worker sends before that, when it shows itself from inside. */
export type WorkerAddress = { readonly adminUrl: string };
/** What a worker sends when it takes requests. */
export const UP = 'up';

/** Runs a router in a worker of a cluster: its primary process ends it and gets its metrics. Without the primary it ends, too. */
export async function runWorker(start: () => Promise<Router>): Promise<void> {
  let router: Router | null = null;
  process.on('message', (message: MetricsQuestion | typeof STOP) => {
    if (message === STOP || !router) return;
    const { registry } = router.metrics;
    void registry.getMetricsAsJSON().then(metrics => {
      if (process.connected)
        process.send?.({ ...message, metrics: metrics as unknown as MetricsAnswer['metrics'] });
    });
  });
  const startWorker = async (): Promise<Router> => {
    router = await start();
    const address: WorkerAddress = { adminUrl: router.adminUrl };
    if (router.adminUrl !== '') process.send?.(address);
    process.send?.(UP);
    return router;
  };
  await run(startWorker, {
    onStop: stop => {
      let isAsked = false;
      // A terminal and some supervisors signal the whole group, beside the primary's own word.
      const once = (): void => {
        if (!isAsked) stop();
        isAsked = true;
      };
      process.on('SIGINT', once);
      process.on('SIGTERM', once);
      process.on('disconnect', once);
      process.on('message', message => message === STOP && once());
    },
  });
}
