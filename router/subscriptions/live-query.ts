import { type FetchNode } from '@apollo/query-planner';

import { type SubgraphAnswer } from '../fetching/subgraph-request.ts';
import { type Graphql, type GraphqlContext } from '../http/graphql.ts';
import { type PlannedOperation } from '../planning/views.ts';
import { type Admitted } from '../security/admission.ts';
import { type Viewers } from '../security/viewer.ts';
import { type Steps } from '../telemetry/steps.ts';
import { type Gate } from './gate.ts';
import { refusedBySource } from './source.ts';
import { type OpenSource } from './sources.ts';

/** Why a subscription ends before its source does. After `stopping` its client is to come back. */
export type Ending = 'left' | 'unauthenticated' | 'stopping';

/** A running subscription: its results as JSON texts, each on one line. The next one is made when it is asked for. */
export type LiveQuery = AsyncIterableIterator<string> & {
  /** Closes everything behind it at once. */
  end(why: Ending): void;
  /** Why it has been ended; null when it has not. */
  ending(): Ending | null;
};

/** What a subscription runs by: all of it comes from one graph. */
export type Serving = {
  readonly graphql: Graphql;
  readonly admitted: Admitted;
  readonly planned: PlannedOperation;
};

/** A running query that goes on when the graph is replaced. */
export type LiveSubscription = LiveQuery & {
  /**
   * Its next event waits for what it is to run by from then on. With nothing, or with another source, it ends, and its client
   * comes back.
   */
  goOnBy(found: Promise<Serving | null>): void;
};

export type LiveRequest = {
  readonly serving: Serving;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: GraphqlContext;
  /** When the viewer's token expires, epoch milliseconds; null: never. */
  readonly expiresAt: number | null;
  /** After so many milliseconds its client is to come back, perhaps to another process. */
  readonly lifetimeMs: number;
};

type Dependencies = {
  readonly openSource: OpenSource;
  readonly viewers: Viewers;
  /** For opening sources of one subgraph: after its restart all of them are opened anew. */
  readonly gateTo: (subgraph: string) => Gate;
  readonly steps: Steps;
};

/** How often a source that has never answered, and one that has dropped, is tried again. */
const FIRST_TRIES = 2;
const MORE_TRIES = 12;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Runs one subscription: the plan's primary fetch is a stream from its subgraph, and each of its events gets the rest of the
 * plan. A stream that breaks is opened again; the subgraph then sends the current state first. Ends with UNAUTHENTICATED when
 * the viewer's token expires or is revoked.
 */
export function startLiveQuery(dependencies: Dependencies, request: LiveRequest): LiveSubscription {
  const { variables, context } = request;
  const { openSource, viewers, gateTo, steps } = dependencies;
  const { viewer } = context.facts;
  let { serving } = request;
  let ready = Promise.resolve();
  const stop = new AbortController();
  const end = (why: Ending): void => stop.abort(why);
  const timer = endInTime(request, end);
  const stopListening = viewers.onRevoked(viewer, () => end('unauthenticated'));

  const resultOf = async (answer?: SubgraphAnswer): Promise<string> => {
    const { graphql, admitted, planned } = serving;
    const inside = graphql.executionContext(admitted, variables, context);
    const fetched = await steps.within('event', () => planned.run(inside, answer));
    return graphql.text(graphql.complete(admitted, planned, fetched)).trimEnd();
  };

  async function* results(): AsyncGenerator<string> {
    const primary = primaryOf(serving);
    if (!primary) {
      // Everything was refused: one answer that says so.
      yield await resultOf();
      return;
    }
    let failures = 0;
    let connected = false;
    let reopened = false;
    let last = '';
    while (!stop.signal.aborted) {
      try {
        const opened = await gateTo(primary.serviceName)(() =>
          openSource(primary, variables, context.facts, stop.signal),
        );
        for await (const answer of opened()) {
          // Just started, it may not have its database yet; its client has done nothing wrong.
          if (reopened && isFault(answer)) throw new Error('the subgraph cannot answer yet');
          connected = true;
          failures = 0;
          for (let waited; waited !== ready; await waited) waited = ready;
          if (stop.signal.aborted) break;
          const result = await resultOf(answer);
          if (stop.signal.aborted) break;
          // After a break the source begins with the present state; a client that has it already need not know.
          if (!reopened || result !== last) yield result;
          reopened = false;
          last = result;
        }
        if (!stop.signal.aborted) return;
      } catch (error) {
        if (stop.signal.aborted) break;
        failures += 1;
        reopened = true;
        if (error === refusedBySource || failures > (connected ? MORE_TRIES : FIRST_TRIES)) {
          yield await resultOf(unavailable);
          return;
        }
        await pause(Math.min(LONGEST_PAUSE_MS, 100 * 2 ** failures) * (0.5 + Math.random() / 2), stop.signal);
      }
    }
    if (stop.signal.reason === 'unauthenticated') yield signedOut;
  }

  const running = results();
  const finish = (): void => {
    stop.abort('left');
    clearTimeout(timer);
    stopListening();
  };
  const live: LiveSubscription = {
    end,
    goOnBy: found => {
      const mine = found.then(fresh => {
        // What came later is what counts.
        if (ready !== mine) return;
        if (fresh && JSON.stringify(primaryOf(fresh)) === JSON.stringify(primaryOf(serving))) serving = fresh;
        else end('stopping');
      });
      ready = mine;
    },
    ending: () => (stop.signal.aborted ? (stop.signal.reason as Ending) : null),
    next: async () => {
      const item = await running.next();
      if (item.done === true) finish();
      return item;
    },
    // A generator would wait for its pending event before it returned; the source is cut first.
    return: async () => {
      finish();
      return running.return(undefined);
    },
    [Symbol.asyncIterator]: () => live,
  };
  return live;
}

const unavailable: SubgraphAnswer = {
  errors: [
    {
      message: 'A part of the shop is not available right now.',
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    },
  ],
};

/** The fetch whose events a subscription follows; null when all of it is refused. */
function primaryOf({ planned: { plan } }: Serving): FetchNode | null {
  return plan.node?.kind === 'Subscription' ? plan.node.primary : null;
}

/** The last result of a subscription whose viewer is signed in no more. */
export const signedOut = JSON.stringify({
  errors: [{ message: 'Your sign-in has ended.', extensions: { code: 'UNAUTHENTICATED' } }],
});

function endInTime({ expiresAt, lifetimeMs }: LiveRequest, end: (why: Ending) => void): NodeJS.Timeout {
  // Who came together after a restart does not leave together.
  const life = lifetimeMs * (0.9 + Math.random() / 10);
  const signedIn = expiresAt === null ? Number.POSITIVE_INFINITY : expiresAt - Date.now();
  return signedIn <= life
    ? setTimeout(end, Math.max(0, signedIn), 'unauthenticated')
    : setTimeout(end, life, 'stopping');
}

/** Whether nothing was answered but that something went wrong inside; refusals have codes of their own. */
function isFault({ data, errors }: SubgraphAnswer): boolean {
  const isNothing = !data || Object.values(data).every(value => value === null);
  return isNothing && errors?.some(error => error.extensions?.['code'] === 'INTERNAL_SERVER_ERROR') === true;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    signal.addEventListener('abort', wake);
  });
}
