import { type IncomingHttpHeaders } from 'node:http';

import { type Dispatcher } from 'undici';

import { type SubgraphAnswer, readAnswer } from './answer.ts';
import { type Lane } from './lane.ts';

/** One request to a subgraph, ready to be written. */
export type WireRequest = {
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: string;
  readonly deadlineMs: number;
  /** Queries may reach the subgraph twice; everything else may not, whatever happens to the connection. */
  readonly repeatable: boolean;
};

export type Received = {
  readonly answer: SubgraphAnswer;
  /** What `answer` was parsed from: a second consumer parses a copy of its own. */
  readonly text: string;
  readonly statements: number;
};

/** What a request has come to. */
export type Reply =
  | Received
  | {
      readonly failure: SubgraphFailure;
      /** Whether sending it again may help. */
      readonly passing: boolean;
      /** Whether it speaks against the subgraph. */
      readonly fault: boolean;
    };

/** The subgraph gave no usable answer. `code` is for the client, `cause` for the log. */
export type SubgraphFailure = {
  readonly code: 'SUBGRAPH_UNAVAILABLE' | 'DEADLINE_EXCEEDED' | 'OVERLOADED';
  readonly cause: unknown;
};

/** A request until it is settled. On a shared connection it may be under way twice: see `Lane`. */
export type Fetch = {
  readonly request: WireRequest;
  readonly resolve: (reply: Reply) => void;
  readonly startedAt: number;
  readonly until: number;
  settled: boolean;
  /** Exchanges that may still answer it. */
  underWay: number;
};

/** One time that a request goes over one connection; undici calls it as the answer comes in. */
export type Exchange = {
  readonly fetch: Fetch;
  readonly lane: Lane;
  /** Null until the request is written. */
  controller: Dispatcher.DispatchController | null;
  /** Whether the request has gone to another connection too. */
  moved: boolean;
  status: number;
  contentType: string;
  statements: number;
  first: Buffer | null;
  more: Buffer[] | null;
  onRequestStart(controller: Dispatcher.DispatchController): void;
  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void;
  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void;
  onResponseEnd(): void;
  onResponseError(controller: Dispatcher.DispatchController, error: Error): void;
};

/** An exchange that is about to be dispatched. Its functions are shared: it is one object, and made for every fetch. */
export function createExchange(fetch: Fetch, lane: Lane): Exchange {
  return {
    fetch,
    lane,
    controller: null,
    moved: false,
    status: 0,
    contentType: '',
    statements: 0,
    first: null,
    more: null,
    onRequestStart,
    onResponseStart,
    onResponseData,
    onResponseEnd,
    onResponseError,
  };
}

const gone = new Error('the request is not written here: it is settled, or on another connection');
const brokeBefore = new Error('the connection broke, and the request may not be sent again');

/** What throws here is not written, and its connection goes on. */
function onRequestStart(this: Exchange, controller: Dispatcher.DispatchController): void {
  if (this.fetch.settled || (this.moved && !this.controller)) throw gone;
  // Undici writes what was behind a broken request anew, by itself.
  if (this.controller && !(this.fetch.request.repeatable && this.lane.mayRepeat())) throw brokeBefore;
  this.controller = controller;
  this.first = this.more = null;
}

function onResponseStart(
  this: Exchange,
  _controller: Dispatcher.DispatchController,
  status: number,
  headers: IncomingHttpHeaders,
): void {
  this.status = status;
  const type = headers['content-type'];
  this.contentType = typeof type === 'string' ? type : '';
  const statements = headers['x-sql-statements'];
  if (statements !== undefined) this.statements = Number(statements) || 0;
}

function onResponseData(this: Exchange, _controller: Dispatcher.DispatchController, chunk: Buffer): void {
  if (this.first === null) this.first = chunk;
  else if (this.more === null) this.more = [this.first, chunk];
  else this.more.push(chunk);
}

function onResponseEnd(this: Exchange): void {
  this.lane.finished(this);
  const { fetch } = this;
  if (fetch.settled) return;
  try {
    const text = this.more ? Buffer.concat(this.more).toString() : (this.first?.toString() ?? '');
    settle(fetch, {
      answer: readAnswer(this.status, this.contentType, text),
      text,
      statements: this.statements,
    });
  } catch (error) {
    failed(fetch, error, passingStatuses.has(this.status));
  }
}

function onResponseError(this: Exchange, _controller: Dispatcher.DispatchController, error: Error): void {
  this.lane.finished(this);
  failed(this.fetch, error, error === gone || isPassing(error));
}

const passingStatuses: ReadonlySet<number> = new Set([502, 503, 504]);
const passingCodes: ReadonlySet<unknown> = new Set([
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Failures of the connection; not those of what came over it. */
function isPassing(error: Error): boolean {
  return 'code' in error && passingCodes.has(error.code);
}

function failed(fetch: Fetch, cause: unknown, passing: boolean): void {
  // Its twin on another connection may still be answered.
  if (fetch.underWay > 0) return;
  settle(fetch, {
    failure: { code: 'SUBGRAPH_UNAVAILABLE', cause },
    passing,
    fault: cause !== brokeBefore && cause !== gone,
  });
}

/** Answers whoever has sent the request; later answers go nowhere. */
export function settle(fetch: Fetch, reply: Reply): void {
  if (fetch.settled) return;
  fetch.settled = true;
  fetch.resolve(reply);
}
