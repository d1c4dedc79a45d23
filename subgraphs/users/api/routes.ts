import { type IncomingMessage } from 'node:http';

import { type Routes, readBody, sendError, sendJson } from '#platform/http.ts';

import { exchangeApiKey } from '../actions/api-keys.ts';
import { type Parts } from '../actions/parts.ts';
import { isSessionActive } from '../store/sessions.ts';
import { uuidOf } from './ids.ts';

/** `GET /.well-known/jwks.json`: the keys that verify access tokens (RFC 7517). */
export function publicRoutes(parts: Parts): Routes {
  const text = JSON.stringify({ keys: parts.accessTokens.keys });
  return {
    'GET /.well-known/jwks.json': (_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/jwk-set+json',
        'content-length': Buffer.byteLength(text),
        'cache-control': 'public, max-age=300',
      });
      response.end(text);
    },
  };
}

/**
 * For the router only. `POST /internal/api-keys/exchange` {key} answers {id, scopes, expiresAt}, or 404 when the key does not
 * work; `POST /internal/sessions/check` {sessionId} answers {active}.
 */
export function internalRoutes(parts: Parts): Routes {
  return {
    'POST /internal/api-keys/exchange': async (request, response) => {
      const key = await textOf(request, 'key');
      const found = key === null ? null : await exchangeApiKey(parts, key);
      if (!found) {
        sendError(response, 404, 'NOT_FOUND', 'This key does not work.');
        return;
      }
      sendJson(response, 200, {
        id: found.id,
        scopes: found.scopes,
        expiresAt: found.expiresAt?.toISOString() ?? null,
      });
    },
    'POST /internal/sessions/check': async (request, response) => {
      const sessionId = uuidOf(await textOf(request, 'sessionId'));
      const active = sessionId !== null && (await isSessionActive(parts.db.em(), sessionId, parts.now()));
      sendJson(response, 200, { active });
    },
  };
}

/** A text member of the JSON body; null when there is none. */
async function textOf(request: IncomingMessage, name: string): Promise<string | null> {
  const text = (await readBody(request, 4_096)).toString();
  try {
    const body: unknown = JSON.parse(text);
    const value = body !== null && typeof body === 'object' ? (body as Record<string, unknown>)[name] : null;
    return typeof value === 'string' ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
