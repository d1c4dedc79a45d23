import { type HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

import { sendJson } from '#platform/http.ts';

import { type RouterConfig } from '../config.ts';
import { type Mask } from '../errors.ts';
import { type StreamHandler } from '../http/graphql-door.ts';
import { isRecord } from '../json.ts';
import { framingFor } from './framing.ts';
import { type LiveQuery } from './live-query.ts';
import { openOutlet } from './outlet.ts';
import { type RawOperation, type Subscriptions } from './subscriptions.ts';

type Dependencies = {
  readonly config: RouterConfig;
  readonly subscriptions: Subscriptions;
  readonly mask: Mask;
};

/** Answers operations over one long HTTP answer: as events (graphql-sse), or in parts as Apollo's clients ask for them. */
export function createHttpStreams({ config, subscriptions, mask }: Dependencies): StreamHandler {
  return async ({ facts, identity, body }, request, response) => {
    const framing = framingFor(request);
    const { transport } = framing;
    let gone = false;
    let live: LiveQuery | null = null;
    const leave = (): void => {
      gone = true;
      live?.end('left');
    };
    response.once('close', leave);
    try {
      const raw: RawOperation = isRecord(body) ? body : {};
      const readOnly = request.method === 'GET';
      const { authorization } = request.headers;
      live = await subscriptions.start(raw, { facts, identity, authorization, transport, readOnly });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const http = error.extensions['http'] as { status?: number; headers?: HeaderMap } | undefined;
      for (const [name, value] of http?.headers ?? []) response.setHeader(name, value);
      sendJson(response, http?.status ?? 400, { errors: [mask(error.toJSON(), error)] });
      return;
    }
    // Whoever left while it was started has not ended it.
    if (gone) leave();
    response.writeHead(200, {
      'content-type': framing.contentType,
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      ...(request.httpVersionMajor === 1 ? { connection: 'close' } : {}),
    });
    response.flushHeaders();
    if (framing.start !== '') response.write(framing.start);
    const outlet = openOutlet({
      response,
      beat: framing.beat,
      beatMs: config.heartbeatMs,
      onStalled: () => {
        subscriptions.tellStalled(transport);
        response.destroy();
      },
    });
    try {
      for await (const result of live) {
        if (gone) break;
        await outlet.write(framing.frame(result));
      }
      // Broken off, not completed: clients then come back, and get the present state first.
      if (live.ending() === 'stopping') response.destroy();
      else if (!gone) await outlet.write(framing.end);
    } finally {
      outlet.close();
      response.end();
    }
  };
}
