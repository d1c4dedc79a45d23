import { type ServerResponse } from 'node:http';

import { GraphQLError } from 'graphql';

import { takesMore } from '#platform/event-stream.ts';

import { type Mask, capErrors, clientLeft } from '../errors.ts';
import { type Fetched } from '../execution/execute-plan.ts';
import { type Operations, type PreparedOperation } from '../planning/operations.ts';
import { type PlannedOperation } from '../planning/views.ts';
import { atAskedPlaces } from '../projection/asked-places.ts';
import { type Entry, type Part, type Place, toldBy } from '../projection/parts.ts';
import { type Admission, type Admitted } from '../security/admission.ts';
import { partOf } from '../subscriptions/framing.ts';
import { type createOperationMetrics } from '../telemetry/operation-metrics.ts';
import { type Steps } from '../telemetry/steps.ts';
import { budgetKey } from './client.ts';
import { type Executed } from './executed.ts';
import { type Graphql, type GraphqlContext, type GraphqlRequest, type HttpAnswer } from './graphql.ts';
import { JSON_RESPONSE, answerType } from './media-type.ts';

/** An answer that comes in several results, each as JSON text on one line; the last one says that it is. */
export type PartsAnswer = { readonly parts: AsyncIterable<string> };

/** Whether an Accept header asks for the parts of `@defer`, as Apollo's clients do. */
export function acceptsDefer(accept: string): boolean {
  return /multipart\/mixed[^,]*;\s*deferSpec="?20220824\b/i.test(accept);
}

const partsHead = [
  ['content-type', 'multipart/mixed;boundary="graphql";deferSpec=20220824'],
  ['cache-control', 'no-store'],
  ['x-accel-buffering', 'no'],
].flat();

/** Writes an answer in parts. Whoever reads slowly is waited for; whoever has left is not written to. */
export async function writeParts(
  response: ServerResponse,
  parts: AsyncIterable<string>,
  head: readonly string[],
): Promise<void> {
  response.writeHead(200, [...head, ...partsHead]);
  let start = '--graphql';
  for await (const part of parts) {
    if (!response.write(start + partOf(part))) await takesMore(response);
    start = '';
  }
  response.end('--\r\n');
}

type Tools = Pick<Graphql, 'read' | 'executionContext' | 'complete' | 'text' | 'answerKnown'> & {
  readonly operations: Operations;
  readonly admitPrepared: Admission['admitPrepared'];
  /** Executes what has been admitted, as a whole. */
  readonly answerAdmitted: (
    admitted: Admitted,
    request: GraphqlRequest,
    mediaType: string,
    context: GraphqlContext,
  ) => Promise<HttpAnswer>;
  readonly answerRefusal: (refused: GraphQLError, mediaType: string) => HttpAnswer;
  readonly observe: ReturnType<typeof createOperationMetrics>;
  readonly steps: Steps;
  readonly mask: Mask;
};

/** An operation whose first part has been executed. */
type Running = {
  readonly admitted: Admitted;
  readonly planned: PlannedOperation;
  readonly fetched: Fetched;
  readonly executed: Executed;
  readonly left: AbortSignal;
};

/** Answers operations in parts: the first one when all that is not deferred is there, and each other when it is. */
export function createPartAnswers(tools: Tools): Graphql['answerInParts'] {
  const { operations, read, admitPrepared, observe, steps, mask } = tools;

  const prepare = async (request: GraphqlRequest, client: string): Promise<PreparedOperation | null> => {
    const known = operations.known(request.query, request.operationName);
    if (known) return known;
    try {
      return await operations.prepare(
        await read(request.query, client),
        request.query,
        request.operationName,
      );
    } catch (error) {
      if (error instanceof GraphQLError) return null;
      throw error;
    }
  };

  const entryText = ({ label }: Part, entry: Entry, errors: readonly GraphQLError[]): string => {
    const { text, path, faults } = entry;
    return `{${[
      ...(label === undefined ? [] : [`"label":${JSON.stringify(label)}`]),
      `"data":${text}`,
      `"path":${JSON.stringify(path)}`,
      ...(errors.length === 0
        ? []
        : [`"errors":${JSON.stringify(errors.map(error => mask(error.toJSON(), error)))}`]),
      ...(faults.length === 0 ? [] : [`"extensions":${JSON.stringify({ valueCompletion: faults })}`]),
    ].join(',')}}`;
  };

  /** The results, each as soon as the consumer asks for it and something is there. `told` gets every error. */
  async function* results(running: Running, told: GraphQLError[]): AsyncGenerator<string> {
    const { admitted, planned, fetched, executed, left } = running;
    const ready: { part: Part; around: readonly Place[]; errors: readonly GraphQLError[] }[] = [];
    let waiting = 0;
    let wake = (): void => undefined;
    const wait = (parts: readonly Part[], around: readonly Place[]): void => {
      for (const part of parts) {
        waiting += 1;
        void (fetched.later?.(part.name) ?? Promise.resolve([])).then(errors => {
          ready.push({ part, around, errors: atAskedPlaces(admitted.prepared.operation, errors) });
          wake();
        });
      }
    };
    told.push(...executed.errors);
    // Where there is no data at all, nothing can come later.
    if (executed.data !== 'null')
      wait(planned.parts, [{ path: [], fetched: fetched.data, told: toldBy(executed.data) }]);
    left.addEventListener('abort', () => wake());
    yield `${tools.text(executed).trimEnd().slice(0, -1)},"hasNext":${waiting > 0}}`;
    while (waiting > 0) {
      if (ready.length === 0 && !left.aborted) await new Promise<void>(resolve => void (wake = resolve));
      if (left.aborted) return;
      const texts: string[] = [];
      for (const { part, around, errors } of ready.splice(0)) {
        waiting -= 1;
        const entries = steps.during('project', () => part.write(around, admitted.coerced, errors));
        for (const entry of entries) {
          // As many in all as an answer in one piece may tell.
          const fresh = capErrors(entry.errors, told.length);
          told.push(...fresh);
          texts.push(entryText(part, entry, fresh));
        }
        wait(part.parts, entries);
      }
      const incremental = texts.length === 0 ? '' : `,"incremental":[${texts.join(',')}]`;
      if (texts.length > 0 || waiting === 0) yield `{"hasNext":${waiting > 0}${incremental}}`;
    }
  }

  return async (request, accept, context, hasLeft) => {
    const prepared = await prepare(request, budgetKey(context.facts.client.ip));
    const readsWhole = /json|\*\/\*/.test(accept);
    const mediaType = answerType(accept) ?? JSON_RESPONSE;
    // What is wrong is said by whoever answers in one piece.
    if (!prepared || prepared.operation.kind === 'subscription') return null;
    // Apollo's mobile clients ask in this way for everything.
    if (readsWhole && !prepared.planParts) return tools.answerKnown(request, mediaType, context);
    const { kind, name = request.operationName } = prepared.operation;
    const started = performance.now();
    const told: GraphQLError[] = [];
    const stop = new AbortController();
    const left = AbortSignal.any([hasLeft, stop.signal]);

    const start = async (): Promise<Running | HttpAnswer> => {
      const admitted = await admitPrepared(prepared, request.variables, context.facts);
      const { viewer, client } = context.facts;
      const inParts = prepared.planParts?.(viewer, budgetKey(client.ip), admitted.coerced) ?? null;
      if (!inParts && readsWhole) return tools.answerAdmitted(admitted, request, mediaType, context);
      const found = inParts ?? prepared.planFor(viewer, budgetKey(client.ip));
      if (context.outcome) {
        context.outcome.cost = admitted.cost;
        context.outcome.plan = found instanceof Promise ? 'miss' : 'hit';
      }
      const planned = found instanceof Promise ? await steps.until('plan', found) : found;
      const inside = { ...tools.executionContext(admitted, request.variables, context), left };
      const fetched = await planned.run(inside);
      if (inside.reader?.destroyed === true) throw clientLeft();
      const executed = steps.during('project', () => tools.complete(admitted, planned, fetched));
      return { admitted, planned, fetched, executed, left };
    };

    const parts = async function* (running: Running): AsyncGenerator<string> {
      try {
        yield* results(running, told);
      } catch (error) {
        told.push(new GraphQLError('a later part failed', { originalError: error as Error }));
        throw error;
      } finally {
        stop.abort();
        observe(context, { kind, name, errors: told, started });
      }
    };

    try {
      const running = await start();
      return 'status' in running ? running : { parts: parts(running) };
    } catch (error) {
      const refused =
        error instanceof GraphQLError
          ? error
          : new GraphQLError('execution failed', { originalError: error as Error });
      observe(context, { kind: 'unknown', name: request.operationName, errors: [refused], started });
      return tools.answerRefusal(refused, mediaType);
    }
  };
}
