import { type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

import { type Dispatcher } from 'undici';

import { type HttpHandler, readBody, sendError } from '#platform/http.ts';

/** Where a path goes. */
export type Target = { readonly dispatcher: Dispatcher; readonly origin: string };

// What webhooks are signed with and what pages need. Everything else of the client stays here, credentials first of all.
const passedOn = [
  'accept',
  'accept-language',
  'content-encoding',
  'content-type',
  'if-modified-since',
  'if-none-match',
  'range',
  'stripe-signature',
  'user-agent',
  'x-twilio-email-event-webhook-signature',
  'x-twilio-email-event-webhook-timestamp',
];
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'trailer',
  'te',
  'proxy-authenticate',
  'x-sql-statements',
]);
const MAX_BODY = 1_048_576;
const DEADLINE_MS = 15_000;

/** Hands a request on byte for byte, path and query included, and its answer back; redirects are the client's to follow. */
export function createProxy(targetOf: () => Target): HttpHandler {
  return async (request, response) => {
    const body = await readBody(request, MAX_BODY);
    const answer = await ask(targetOf(), request, body);
    if (!answer) {
      sendError(response, 502, 'SUBGRAPH_UNAVAILABLE', 'A part of the shop is not available right now.');
      return;
    }
    await giveBack(answer, response);
  };
}

async function ask(
  { dispatcher, origin }: Target,
  request: IncomingMessage,
  body: Buffer,
): Promise<Dispatcher.ResponseData | null> {
  const headers: Record<string, string> = {};
  for (const name of passedOn) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  try {
    return await dispatcher.request({
      origin,
      method: (request.method ?? 'GET') as Dispatcher.HttpMethod,
      path: request.url ?? '/',
      headers,
      body: body.length > 0 ? body : null,
      headersTimeout: DEADLINE_MS,
      bodyTimeout: DEADLINE_MS,
    });
  } catch {
    // Its addresses are internal: the client learns only that it is away; the readiness of the subgraph tells operators.
    return null;
  }
}

async function giveBack(answer: Dispatcher.ResponseData, response: ServerResponse): Promise<void> {
  // The page behind knows what it loads and who may frame it.
  response.removeHeader('content-security-policy');
  response.removeHeader('x-frame-options');
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && !hopByHop.has(name)) response.setHeader(name, value);
  }
  response.statusCode = answer.statusCode;
  await pipeline(answer.body, response);
}
