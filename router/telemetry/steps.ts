import { ambient, withAmbient } from '#platform/ambient.ts';
import { type TraceSpan, type Tracing, noTracing } from '#platform/tracing.ts';

/** Parts of the work in hand that its trace shows by name; without a collector, or outside of a trace, they just run. */
export type Steps = {
  /** A part that ends with the promise. */
  until<T>(name: string, done: Promise<T>): Promise<T>;
  /** A part that has parts of its own. */
  within<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** A part that runs at once. */
  during<T>(name: string, run: () => T): T;
};

const untold: Steps = {
  until: (_name, done) => done,
  within: (_name, run) => run(),
  during: (_name, run) => run(),
};

export function createSteps(tracing: Tracing): Steps {
  if (tracing === noTracing) return untold;
  const start = (name: string): TraceSpan | null => {
    const around = ambient();
    return around ? tracing.start(name, 'internal', around) : null;
  };
  const ended = async <T>(span: TraceSpan | null, done: Promise<T>): Promise<T> => {
    try {
      const result = await done;
      span?.end();
      return result;
    } catch (error) {
      span?.end(error);
      throw error;
    }
  };
  return {
    until: (name, done) => ended(start(name), done),
    within: (name, run) => {
      const around = ambient();
      const span = start(name);
      if (!around || !span) return run();
      return ended(span, withAmbient({ ...around, traceparent: span.traceparent }, run));
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
