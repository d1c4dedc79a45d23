import { type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

import { type Dispatcher } from 'undici';

import { type HttpHandler, readBody, sendError } from '#platform/http.ts';
import { type Logger } from '#platform/log.ts';

import { type RouterConfig } from '../config.ts';
import { type RequestFacts, type Subgraphs } from '../fetching/subgraph-request.ts';
import { readClient } from '../http/client.ts';
import { type Identity, type Viewers } from '../security/viewer.ts';

type Dependencies = {
  readonly config: Pick<RouterConfig, 'trustedProxies' | 'checkoutDeadlineMs' | 'subscriptionLifetimeMs'>;
  readonly subgraphs: Subgraphs;
  readonly viewers: Viewers;
  readonly log: Logger;
};

const MAX_BODY = 1_048_576;
/** What of a subgraph's answer another router needs. */
const givenBack = ['content-type', 'cache-control'] as const;

/**
 * `POST /<subgraph>` of a router that is not ours: says who its client is, by the Authorization header that it has passed on, and hands
 * the request to the subgraph with a token for that one. No other header of the request goes on; whoever cannot be identified gets 401.
 */
export function createIdentityProxy({ config, subgraphs, viewers, log }: Dependencies): HttpHandler {
  const identify = async (
    request: IncomingMessage,
    facts: Omit<RequestFacts, 'viewer'>,
  ): Promise<Identity | null | 'unknown'> => {
    try {
      return await viewers.identify(request.headers.authorization, facts);
    } catch (error) {
      log.warn({ err: error }, 'nobody could say whose credentials these are');
      return 'unknown';
    }
  };

  return async (request, response) => {
    const [name = ''] = (request.url ?? '/').slice(1).split('?', 1);
    if (!subgraphs.names().includes(name)) {
      sendError(response, 404, 'NOT_FOUND', 'There is no such subgraph.');
      return;
    }
    if (request.method !== 'POST') {
      sendError(response.setHeader('allow', 'POST'), 405, 'BAD_REQUEST', 'Use POST.');
      return;
    }
    const facts = readClient(request, config.trustedProxies);
    const identity = await identify(request, facts);
    if (identity === 'unknown') {
      sendError(response, 503, 'SUBGRAPH_UNAVAILABLE', 'Credentials cannot be checked right now.');
      return;
    }
    if (!identity) {
      sendError(response, 401, 'UNAUTHENTICATED', 'The credentials do not hold.');
      return;
    }
    const body = await readBody(request, MAX_BODY);
    const live = wantsEvents(request, body);
    const over = endOf({ identity, live, response });
    try {
      const answer = await ask(
        name,
        { ...facts, viewer: identity.viewer },
        { body, live, over: over.signal },
      );
      if (answer) await giveBack(answer, response);
      else if (!response.destroyed)
        sendError(response, 502, 'SUBGRAPH_UNAVAILABLE', 'A part of the shop is not available right now.');
    } finally {
      over.forget();
    }
  };

  async function ask(
    name: string,
    facts: RequestFacts,
    { body, live, over }: { readonly body: Buffer; readonly live: boolean; readonly over: AbortSignal },
  ): Promise<Dispatcher.ResponseData | null> {
    const { origin, pathname } = subgraphs.address(name);
    const dispatcher = live ? subgraphs.streams : subgraphs.pool(name);
    const headers = subgraphs.headers(name, facts);
    if (live) headers['accept'] = 'text/event-stream';
    try {
      const request = { origin, path: pathname, method: 'POST', headers, body, signal: over } as const;
      const answer = await dispatcher.request(request);
      // Our own token is refused: no fault of the client's credentials.
      if (answer.statusCode !== 401) return answer;
      log.error({ subgraph: name }, 'the subgraph refuses our token: is INTERNAL_TOKEN_SECRET the same?');
      await answer.body.dump();
    } catch (error) {
      if (!over.aborted) log.warn({ err: error, subgraph: name }, 'subgraph does not answer');
    }
    return null;
  }

  /** When an exchange is over in any case: after its deadline; a live one when its viewer no longer holds. */
  function endOf({ identity, live, response }: Exchange): { signal: AbortSignal; forget(): void } {
    const end = new AbortController();
    const abort = (): void => end.abort();
    const until = live
      ? Math.min(config.subscriptionLifetimeMs, (identity.expiresAt ?? Infinity) - Date.now())
      : config.checkoutDeadlineMs;
    const timer = setTimeout(abort, until);
    const unlisten = viewers.onRevoked(identity.viewer, () => live && abort());
    response.once('close', abort);
    return {
      signal: end.signal,
      forget: () => {
        clearTimeout(timer);
        unlisten();
        response.removeListener('close', abort);
      },
    };
  }
}

type Exchange = {
  readonly identity: Identity;
  readonly live: boolean;
  readonly response: ServerResponse;
};

/** Subgraphs take the mere mention of it for a subscription; other routers may mention it beside JSON, whatever they ask. */
function wantsEvents({ headers: { accept = '' } }: IncomingMessage, body: Buffer): boolean {
  if (!accept.includes('text/event-stream')) return false;
  return !accept.includes('json') || /"query"\s*:\s*"(?:\s|\\n)*subscription\b/.test(body.toString());
}

async function giveBack(answer: Dispatcher.ResponseData, response: ServerResponse): Promise<void> {
  for (const name of givenBack) {
    const value = answer.headers[name];
    if (value !== undefined) response.setHeader(name, value);
  }
  response.statusCode = answer.statusCode;
  response.flushHeaders();
  await pipeline(answer.body, response);
}
