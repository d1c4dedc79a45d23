import { ambient } from '#platform/ambient.ts';
import { type Tracing, noTracing } from '#platform/tracing.ts';

/** Parts of the work in hand that its trace shows by name; without a collector, or outside of a trace, they just run. */
export type Steps = {
  /** A part that ends with the promise. */
  until<T>(name: string, done: Promise<T>): Promise<T>;
  /** A part that runs at once. */
  during<T>(name: string, run: () => T): T;
};

const untold: Steps = { until: (_name, done) => done, during: (_name, run) => run() };

export function createSteps(tracing: Tracing): Steps {
  if (tracing === noTracing) return untold;
  const start = (name: string) => {
    const around = ambient();
    return around ? tracing.start(name, 'internal', around) : null;
  };
  return {
    until: async (name, done) => {
      const span = start(name);
      try {
        const result = await done;
        span?.end();
        return result;
      } catch (error) {
        span?.end(error);
        throw error;
      }
    },
    during: (name, run) => {
      const span = start(name);
      try {
        const result = run();
        span?.end();
        return result;
      } catch (error) {
        span?.end(error);
        throw error;
      }
    },
  };
}
