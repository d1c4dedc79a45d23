import { Worker } from 'node:worker_threads';

import { type QueryPlan } from '@apollo/query-planner';
import { type GraphQLSchema, printSchema } from 'graphql';
import { LRUCache } from 'lru-cache';

import { sha256 } from '#platform/ids.ts';
import { type Metrics } from '#platform/metrics.ts';

import { refusedRequest } from '../errors.ts';
import { createFairQueue } from './fair-queue.ts';
import {
  type DocumentFault,
  type ThreadAnswer,
  type ThreadData,
  type ThreadOutcome,
  type ThreadRequest,
} from './thread-messages.ts';

/**
 * Validates and plans what has not been asked before in a thread of its own, so that no document can hold up the others' answers.
 * Both reject with 400 QUERY_TOO_EXPENSIVE past the deadline, past the planner's own limits or past the thread's memory; with 503
 * OVERLOADED when too many wait. `client` is whose turn it is: clients take turns.
 */
export type Planner = {
  /** What is wrong with a document that can be parsed and is not too big; at most ten faults. */
  validate(source: string, client?: string): Promise<readonly DocumentFault[]>;
  /** Plans one operation of a valid document. */
  plan(
    source: string,
    operationName?: string,
    client?: string,
    overrides?: readonly string[],
  ): Promise<QueryPlan>;
  /** Ends the threads; whoever waits is refused. */
  close(): Promise<void>;
};

type Options = {
  /** Supergraph whose security links carry no purpose. */
  readonly sdl: string;
  /** What clients see of it. */
  readonly apiSchema: GraphQLSchema;
  /** Whether clients may not learn what the schema holds: no introspection, no suggestions. */
  readonly hidesSchema: boolean;
  /** Milliseconds of work that one document may take; waiting, for its turn or for a processor, does not count. */
  readonly deadlineMs: number;
  readonly metrics: Metrics;
  /** Operations that may wait, of all clients and of one. */
  readonly waiting?: { readonly all: number; readonly perClient: number };
};

type Job = {
  readonly request: ThreadRequest;
  readonly key: string;
  readonly resolve: (outcome: ThreadOutcome) => void;
  readonly reject: (error: Error) => void;
};

const HEAP_MB = 256;
const MAX_REMEMBERED = 10_000;
/** A document is refused unseen for this long; a moment of bad luck must not shut out a good one for ever. */
const REMEMBERED_MS = 60_000;
const RESTART_MS = 1_000;
/** On a machine that is too busy to plan, an operation gets so many times its deadline, and no more. */
const PATIENCE = 5;
const threadFile = new URL('./planner-thread.ts', import.meta.url);

/** Starts the planner; resolves when its thread is warm, rejects when the supergraph cannot be planned against. */
export async function createPlanner(options: Options): Promise<Planner> {
  const { deadlineMs, metrics, waiting } = options;
  const data: ThreadData = {
    sdl: options.sdl,
    apiSdl: printSchema(options.apiSchema),
    hidesSchema: options.hidesSchema,
  };
  const stopped = metrics.counter(
    'gateway_query_plan_stopped_total',
    'Plans given up: past the deadline, past the planner’s limits, out of memory, or refused because they were before.',
    ['reason'],
  );
  for (const reason of ['deadline', 'limit', 'memory', 'known']) stopped.inc({ reason }, 0);
  const queue = createFairQueue<Job>(waiting ?? { all: 1_000, perClient: 100 });
  const tooExpensive = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: REMEMBERED_MS });
  const running = new Map<string, Promise<unknown>>();
  let active: Thread | null = null;
  let spare: Thread | null = null;
  let current: { readonly job: Job; readonly last: NodeJS.Timeout; timer: NodeJS.Timeout } | null = null;
  let starting: Promise<void> | null = null;
  let closed = false;

  /** Keeps one thread at work and one warm beside it. */
  const fill = (): void => {
    if (closed) return;
    if (!active && spare) [active, spare] = [spare, null];
    if (active && spare) return;
    starting ??= startAnother();
  };
  const startAnother = async (): Promise<void> => {
    try {
      await start();
      starting = null;
      fill();
      next();
    } catch {
      // The first one started, so the text is good; what is short now may be there in a second.
      starting = null;
      setTimeout(fill, RESTART_MS).unref();
    }
  };
  const start = async (): Promise<void> => {
    const thread = await startThread(data);
    const { worker } = thread;
    if (closed) {
      await worker.terminate();
      return;
    }
    spare = thread;
    worker.on('message', ({ outcome, worked }: ThreadAnswer) => {
      thread.worked = worked;
      if (thread === active) finish(outcome);
    });
    worker.on('error', (error: Error & { code?: string }) => {
      if (thread !== active || !current) return;
      const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      giveUp(memory ? 'memory' : 'fault', memory ? null : error);
    });
    worker.on('exit', () => {
      if (thread === spare) spare = null;
      if (thread === active) giveUp('fault', new Error('the planner’s thread has ended'));
      else fill();
    });
  };

  const next = (): void => {
    if (!active || current) return;
    const job = queue.take();
    if (!job) {
      active.worker.unref();
      return;
    }
    active.worker.ref();
    const last = setTimeout(() => giveUp('deadline', null), PATIENCE * deadlineMs);
    current = { job, last, timer: setTimeout(judge, deadlineMs) };
    active.worker.postMessage(job.request);
  };
  /** The deadline has passed on the clock: whoever has had less of a processor's time gets the rest of it. */
  const judge = (): void => void weigh();
  const weigh = async (): Promise<void> => {
    const [thread, watched] = [active, current];
    if (!thread || !watched) return;
    // A thread that has ended meanwhile has worked enough: its end is dealt with elsewhere.
    const { user, system } = await thread.worker.cpuUsage().catch(() => ({ user: Infinity, system: 0 }));
    if (watched !== current) return;
    const left = deadlineMs - (user + system - thread.worked) / 1_000;
    if (left < 1) giveUp('deadline', null);
    else watched.timer = setTimeout(judge, left);
  };
  const end = (): Job | null => {
    if (!current) return null;
    const { job, timer, last } = current;
    clearTimeout(timer);
    clearTimeout(last);
    current = null;
    return job;
  };
  const finish = (outcome: ThreadOutcome): void => {
    const job = end();
    if (outcome.kind === 'fault') job?.reject(new Error(`planning failed: ${outcome.message}`));
    else if (outcome.kind === 'tooComplex' && job) refuse(job, 'limit');
    else job?.resolve(outcome);
    next();
  };
  const refuse = (job: Job, reason: string): void => {
    stopped.inc({ reason });
    tooExpensive.set(job.key, true);
    job.reject(tooComplex());
  };
  /** The thread is lost with its work; the spare takes over at once. */
  const giveUp = (reason: 'deadline' | 'memory' | 'fault', error: Error | null): void => {
    const job = end();
    const lost = active;
    active = null;
    void lost?.worker.terminate();
    if (job && error) job.reject(error);
    else if (job) refuse(job, reason);
    fill();
    next();
  };

  await start();
  fill();

  /** Asks the thread, once for equal requests at a time. */
  const ask = <T>(
    request: ThreadRequest,
    client: string,
    read: (outcome: ThreadOutcome) => T,
  ): Promise<T> => {
    const key = sha256(JSON.stringify(request));
    if (tooExpensive.has(key)) {
      stopped.inc({ reason: 'known' });
      return Promise.reject(tooComplex());
    }
    const same = running.get(key);
    // What is read of it depends on the request alone.
    if (same) return same as Promise<T>;
    const made = new Promise<ThreadOutcome>((resolve, reject) => {
      if (closed || !queue.add(client, { request, key, resolve, reject }))
        reject(
          refusedRequest(503, 'OVERLOADED', 'Too many new operations at once; try again.', {
            'retry-after': '1',
          }),
        );
    })
      .then(read)
      .finally(() => running.delete(key));
    running.set(key, made);
    next();
    return made;
  };

  return {
    validate: (source, client = '') =>
      ask({ kind: 'validate', source }, client, outcome =>
        outcome.kind === 'validated' ? outcome.faults : unexpected(outcome),
      ),
    plan: (source, operationName, client = '', overrides = []) =>
      ask({ kind: 'plan', source, operationName, overrides }, client, outcome =>
        outcome.kind === 'plan' ? (JSON.parse(outcome.json) as QueryPlan) : unexpected(outcome),
      ),
    close: async () => {
      closed = true;
      end()?.reject(ended());
      for (let job = queue.take(); job; job = queue.take()) job.reject(ended());
      await Promise.all([active?.worker.terminate(), spare?.worker.terminate(), starting]);
    },
  };
}

type Thread = {
  readonly worker: Worker;
  /** Microseconds that it had worked when it last answered. */
  worked: number;
};

/** A warm thread that knows no secret, has a heap of its own, and does not keep the process alive. */
async function startThread(data: ThreadData): Promise<Thread> {
  const worker = new Worker(threadFile, {
    workerData: data,
    env: {},
    execArgv: [],
    argv: [],
    name: 'planner',
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
  const worked = await new Promise<number>((resolve, reject) => {
    worker.once('message', (answer: ThreadAnswer) => resolve(answer.worked));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the planner’s thread ended before it was ready')));
  });
  worker.unref();
  return { worker, worked };
}

function unexpected({ kind }: ThreadOutcome): never {
  throw new Error(`the planner’s thread answered "${kind}"`);
}

function tooComplex(): Error {
  return refusedRequest(400, 'QUERY_TOO_EXPENSIVE', 'The operation is too complex.');
}

function ended(): Error {
  return refusedRequest(503, 'OVERLOADED', 'The router is stopping; try again.', { 'retry-after': '1' });
}
