import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';

import { GraphQLError } from 'graphql';

import { createPlanOperation } from './plan-operation.ts';
import { type PlanAnswer, type PlanOutcome, type PlanRequest } from './thread-messages.ts';

// Runs in a worker thread: this file has no importers, planner.ts starts it by its address.
const port = parentPort;
const { sdl } = workerData as { readonly sdl: string };
const planOperation = createPlanOperation(sdl);
// The first plan compiles code and builds what the planner makes on demand.
planOperation('{ __typename }', undefined);

port?.on('message', (request: PlanRequest) => say(answer(request)));
say({ kind: 'ready' });

function say(outcome: PlanOutcome): void {
  const { user, system } = process.threadCpuUsage();
  port?.postMessage({ outcome, worked: user + system } satisfies PlanAnswer);
}

function answer({ source, operationName, overrides }: PlanRequest): PlanOutcome {
  try {
    // Reading JSON text costs the main thread half of what a structured clone does (measured on the client documents).
    return { kind: 'plan', json: JSON.stringify(planOperation(source, operationName, overrides)) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The planner's own limits throw these; what they stop is the client's fault, not ours.
    const tooComplex = error instanceof RangeError || /too many|exceed/i.test(message);
    return { kind: tooComplex ? 'tooComplex' : 'fault', message: messageOf(error, message) };
  }
}

/** Where our own code failed, its place helps; a GraphQL fault says all there is. */
function messageOf(error: unknown, message: string): string {
  return error instanceof GraphQLError || !(error instanceof Error) ? message : (error.stack ?? message);
}
