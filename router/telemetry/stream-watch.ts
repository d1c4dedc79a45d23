import { GraphQLError } from 'graphql';

import { type Ambient, ambient, withAmbient } from '#platform/ambient.ts';
import { newId } from '#platform/ids.ts';
import { type AccessLog } from '#platform/log.ts';
import { type Tracing } from '#platform/tracing.ts';

import { type LiveQuery } from '../subscriptions/live-query.ts';
import { type Subscriptions } from '../subscriptions/subscriptions.ts';
import { type Answered, describeOperation, line } from './request-watch.ts';
import { noWork } from './work.ts';

type Dependencies = { readonly log: AccessLog; readonly tracing: Tracing };

const MAX_CODES = 10;

/**
 * Traces operations over streams and sockets, and logs one line for each when it is over. The step of a subscription ends when
 * it has started: each of its events is a step of its own below it, as long as it may live.
 */
export function watchStreams(subscriptions: Subscriptions, { log, tracing }: Dependencies): Subscriptions {
  return {
    ...subscriptions,
    start: async (raw, asker) => {
      const started = performance.now();
      const around = ambient();
      // A socket carries many operations, each of which is a piece of work by itself.
      const correlationId = around?.correlationId ?? newId();
      const traceparent = around?.traceparent ?? null;
      const span = tracing.start(asker.transport, around ? 'internal' : 'server', {
        correlationId,
        traceparent,
      });
      const inside: Omit<Ambient, 'statements' | 'requestId'> = {
        correlationId,
        causationId: null,
        actor: null,
        traceparent: span?.traceparent ?? traceparent,
        origin: 'request',
      };
      const codes = new Set<string>();
      const outcome: Answered['outcome'] = { type: null, name: null, codes: [], cost: null, plan: null };
      const answered = { counts: noWork(), outcome };
      const endStep = (): void => {
        if (!span) return;
        describeOperation(span, answered);
        span.set('graphql.transport', asker.transport);
        span.end([...codes][0]);
      };
      const end = (results: number): void => {
        outcome.codes = [...codes];
        if (outcome.type !== 'subscription') endStep();
        const { transport } = asker;
        if (log.isLevelEnabled('info'))
          log.info(
            line(correlationId, { transport, results, ms: performance.now() - started }, answered),
            'operation',
          );
      };
      try {
        const facts = { ...asker.facts, correlationId };
        const live = await withAmbient(inside, () => subscriptions.start(raw, { ...asker, facts, answered }));
        if (outcome.type === 'subscription') endStep();
        return follow(live, { codes, end, run: part => withAmbient(inside, part) });
      } catch (error) {
        codes.add(codeOf(error));
        end(0);
        throw error;
      }
    },
  };
}

type Follower = {
  /** Filled with what goes wrong. */
  readonly codes: Set<string>;
  readonly run: <T>(part: () => T) => T;
  /** Called once, with the number of results. */
  readonly end: (results: number) => void;
};

function follow(live: LiveQuery, { codes, run, end }: Follower): LiveQuery {
  let results = 0;
  let isOver = false;
  const finish = (): void => {
    if (isOver) return;
    isOver = true;
    end(results);
  };
  const followed: LiveQuery = {
    ...live,
    next: async () => {
      try {
        const item = await run(() => live.next());
        if (item.done === true) {
          finish();
          return item;
        }
        results += 1;
        // Errors are written first.
        if (item.value.startsWith('{"errors"'))
          for (const code of codesIn(item.value)) if (codes.size < MAX_CODES) codes.add(code);
        return item;
      } catch (error) {
        codes.add(codeOf(error));
        finish();
        throw error;
      }
    },
    return: async () => {
      finish();
      return (await live.return?.()) ?? { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => followed,
  };
  return followed;
}

function codesIn(text: string): string[] {
  const { errors } = JSON.parse(text) as { errors: readonly { extensions?: { code?: string } }[] };
  return errors.map(({ extensions }) => extensions?.code ?? 'INTERNAL_SERVER_ERROR');
}

function codeOf(error: unknown): string {
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
}
