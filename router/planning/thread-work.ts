import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';

import { GraphQLError, buildSchema } from 'graphql';

import { createPlanOperation } from './plan-operation.ts';
import {
  type ThreadAnswer,
  type ThreadData,
  type ThreadOutcome,
  type ThreadRequest,
} from './thread-messages.ts';
import { createValidation } from './validate-document.ts';

// What a planner's thread does, once planner-thread.ts has lowered its priority.
const port = parentPort;
const { sdl, apiSdl, hidesSchema } = workerData as ThreadData;
const planOperation = createPlanOperation(sdl);
const faultsOf = createValidation(buildSchema(apiSdl, { assumeValid: true, noLocation: true }), hidesSchema);
// The first ones compile code and build what is made on demand.
faultsOf('{ __typename }');
planOperation('{ __typename }', undefined);

port?.on('message', (request: ThreadRequest) => say(answer(request)));
say({ kind: 'ready' });

function say(outcome: ThreadOutcome): void {
  const { user, system } = process.threadCpuUsage();
  port?.postMessage({ outcome, worked: user + system } satisfies ThreadAnswer);
}

function answer(request: ThreadRequest): ThreadOutcome {
  try {
    if (request.kind === 'validate') return { kind: 'validated', faults: faultsOf(request.source) };
    const { source, operationName, overrides } = request;
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
