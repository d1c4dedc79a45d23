import { detached, withAmbient } from './ambient.ts';
import { newId } from './ids.ts';
import { type Logger } from './log.ts';
import { type Metrics } from './metrics.ts';

/** Work that a service does by itself, again and again. */
export type Job = {
  readonly name: string;
  /** Milliseconds between two runs. */
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
};

export type RunningJobs = {
  /** Runs the named job now, or once more if it is running. */
  wake(name: string): void;
  /** Ends the schedule and waits for what runs. */
  stop(): Promise<void>;
};

/** Starts jobs; a job never overlaps itself, and a failed run is logged and tried again at the next turn. */
export function startJobs(jobs: readonly Job[], log: Logger, metrics: Metrics): RunningJobs {
  // Not `job`: Prometheus gives that name to what it scrapes.
  const runs = metrics.counter(
    'job_runs_total',
    'Runs of the service’s own jobs, by outcome: done or failed.',
    ['name', 'outcome'],
  );
  const seconds = metrics.histogram('job_duration_seconds', 'Seconds that one run of a job took.', ['name']);
  let stopped = false;
  const wakes = new Map<string, () => void>();
  const running = new Set<Promise<unknown>>();
  const timers = jobs.map(job => {
    for (const outcome of ['done', 'failed']) runs.inc({ name: job.name, outcome }, 0);
    let busy = false;
    let again = false;
    const wake = (): void => detached(wakeNow);
    const wakeNow = (): void => {
      if (stopped) return;
      if (busy) {
        again = true;
        return;
      }
      busy = true;
      const end = seconds.startTimer({ name: job.name });
      const run = withAmbient(
        { correlationId: newId(), causationId: null, actor: null, traceparent: null, origin: 'job' },
        job.run,
      )
        .then(
          () => runs.inc({ name: job.name, outcome: 'done' }),
          (error: unknown) => {
            runs.inc({ name: job.name, outcome: 'failed' });
            log.error({ err: error, job: job.name }, 'job failed; it runs again at its next turn');
          },
        )
        .finally(() => {
          end();
          busy = false;
          running.delete(run);
          if (again) {
            again = false;
            wake();
          }
        });
      running.add(run);
    };
    wakes.set(job.name, wake);
    return setInterval(wake, job.everyMs);
  });
  return {
    wake: name => wakes.get(name)?.(),
    stop: async () => {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
