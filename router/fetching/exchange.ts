import { type IncomingHttpHeaders } from 'node:http';

import { type Dispatcher } from 'undici';

import { type SubgraphAnswer, readAnswer } from './answer.ts';
import { type Lane } from './lane.ts';
import { tellTurn } from './turn.ts';

/** A request to a subgraph. */
export type Question = {
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
  /** SQL statements that it took, as the subgraph says. */
  readonly statements: number;
  /** What the subgraph says about keeping the answer; empty when it says nothing. */
  readonly cacheControl: string;
  /** Whether it was there already, and no subgraph was asked. */
  readonly kept?: boolean;
};

/** The subgraph gave no usable answer. `code` is for the client, `cause` for the log. */
export type SubgraphFailure = {
  readonly code: 'SUBGRAPH_UNAVAILABLE' | 'DEADLINE_EXCEEDED' | 'OVERLOADED';
  readonly cause: unknown;
};

/** What a question has come to. */
export type Reply = Received | { readonly failure: SubgraphFailure };

/** What is known of a failure when it happens. */
export type Fault = {
  /** Whether sending it again may help. */
  readonly passing: boolean;
  /** Whether it speaks against the subgraph. */
  readonly blame: boolean;
};

/** A question until it is settled. On shared connections it may be under way twice: see `Connections`. */
export type Fetch = {
  readonly question: Question;
  readonly startedAt: number;
  readonly until: number;
  settled: boolean;
  repeated: boolean;
  /** Exchanges that may still answer it. */
  underWay: number;
  readonly resolve: (reply: Reply) => void;
  readonly succeeded: (fetch: Fetch, reply: Received) => void;
  readonly failed: (fetch: Fetch, failure: SubgraphFailure, fault: Fault) => void;
};

/** One time that a question goes over one connection; undici calls it as the answer comes in. */
export type Exchange = Required<
  Pick<
    Dispatcher.DispatchHandler,
    'onRequestStart' | 'onResponseStart' | 'onResponseData' | 'onResponseEnd' | 'onResponseError'
  >
> & {
  readonly fetch: Fetch;
  readonly lane: Lane;
  /** Null until the request is written. */
  controller: Dispatcher.DispatchController | null;
  /** Whether the question has gone to another connection too. */
  moved: boolean;
  status: number;
  contentType: string;
  statements: number;
  cacheControl: string;
  first: Buffer | null;
  more: Buffer[] | null;
};

/** An exchange that is about to be dispatched. Its functions are shared, for one is made for every fetch. */
export function createExchange(fetch: Fetch, lane: Lane): Exchange {
  return {
    fetch,
    lane,
    controller: null,
    moved: false,
    status: 0,
    contentType: '',
    statements: 0,
    cacheControl: '',
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
const notAgain = new Error('the connection broke, and the request may not be sent again');

/** What throws here is not written, and its connection goes on. */
function onRequestStart(this: Exchange, controller: Dispatcher.DispatchController): void {
  const { fetch } = this;
  if (fetch.settled || (this.moved && !this.controller)) throw gone;
  // Undici writes what was behind a broken request anew, by itself.
  if (this.controller) {
    if (!fetch.question.repeatable) throw notAgain;
    this.lane.repeats();
  }
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
  this.contentType = headers['content-type'] ?? '';
  if (headers.connection === 'close') this.lane.breaks();
  const statements = headers['x-sql-statements'];
  if (statements !== undefined) this.statements = Number(statements) || 0;
  this.cacheControl = headers['cache-control'] ?? '';
}

function onResponseData(this: Exchange, _controller: Dispatcher.DispatchController, chunk: Buffer): void {
  if (this.first === null) this.first = chunk;
  else if (this.more === null) this.more = [this.first, chunk];
  else this.more.push(chunk);
}

function onResponseEnd(this: Exchange): void {
  tellTurn();
  this.lane.answered(this);
  const { fetch } = this;
  if (fetch.settled) return;
  try {
    const text = this.more ? Buffer.concat(this.more).toString() : (this.first?.toString() ?? '');
    const answer = readAnswer(this.status, this.contentType, text);
    fetch.succeeded(fetch, { answer, text, statements: this.statements, cacheControl: this.cacheControl });
  } catch (error) {
    failed(fetch, error, { passing: passingStatuses.has(this.status), blame: true });
  }
}

function onResponseError(this: Exchange, _controller: Dispatcher.DispatchController, error: Error): void {
  this.lane.failed(this);
  if (this.controller && error !== gone) this.lane.breaks();
  const blame = error !== gone && error !== notAgain;
  failed(this.fetch, error, {
    passing: error === gone || ('code' in error && passingCodes.has(error.code)),
    blame,
  });
}

function failed(fetch: Fetch, cause: unknown, fault: Fault): void {
  // Its twin on another connection may still be answered.
  if (fetch.settled || fetch.underWay > 0) return;
  fetch.failed(fetch, { code: 'SUBGRAPH_UNAVAILABLE', cause }, fault);
}

const passingStatuses: ReadonlySet<number> = new Set([502, 503, 504]);
// Failures of the connection; not those of what came over it.
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
