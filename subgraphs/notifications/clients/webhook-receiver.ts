import { createHmac } from 'node:crypto';
import { lookup as resolve } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { type LookupFunction, isIP } from 'node:net';

import { Agent, request } from 'undici';

import { isPrivateAddress } from '../domain/private-address.ts';

const TIMEOUT_MS = 10_000;

type WebhookMessage = {
  readonly url: string;
  readonly secret: string;
  readonly eventId: string;
  readonly eventType: string;
  /** The JSON that is sent and signed, byte for byte. */
  readonly payload: string;
};

/** How a receiver answered; `status` is null when it could not be asked. */
type WebhookAnswer = { readonly status: number | null; readonly error: string | null };

export type WebhookClient = {
  /** Whether an address leads into the inner network by name or number. What cannot be resolved yet does not. */
  leadsInside(url: string): Promise<boolean>;
  post(message: WebhookMessage, now: Date): Promise<WebhookAnswer>;
  close(): Promise<void>;
};

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 of `<seconds>.<body>` under the endpoint's secret. Receivers refuse old times. */
export function signature(secret: string, payload: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${payload}`).digest('hex')}`;
}

const PRIVATE = 'the address leads into a private network';
const host = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '');

/** Looks names up and refuses those that lead inside, at the moment of connecting: a name may change after it was checked. */
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, found) => {
    const first = found?.[0];
    if (error !== null) callback(error, '', 0);
    else if (first === undefined || found.some(each => isPrivateAddress(each.address))) {
      callback(new Error(PRIVATE), '', 0);
    } else if (options.all === true) callback(null, found);
    else callback(null, first.address, first.family);
  });
};

/** Delivers webhooks: no redirects, no private addresses unless allowed, ten seconds, and the answer's body is not read. */
export function createWebhookClient({ allowPrivate }: { readonly allowPrivate: boolean }): WebhookClient {
  const agent = new Agent({
    connect: { timeout: TIMEOUT_MS / 2, ...(allowPrivate ? {} : { lookup: guardedLookup }) },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    maxResponseSize: 65_536,
  });
  return {
    leadsInside: async url => {
      if (allowPrivate) return false;
      if (isIP(host(url)) !== 0) return isPrivateAddress(host(url));
      // A name without an address today may have one tomorrow; it is checked again whenever something is sent.
      const found = await lookup(host(url), { all: true }).catch(() => []);
      return found.some(each => isPrivateAddress(each.address));
    },
    post: async (message, now) => {
      // Numeric addresses are connected to without a look-up.
      if (!allowPrivate && isIP(host(message.url)) !== 0 && isPrivateAddress(host(message.url)))
        return { status: null, error: PRIVATE };
      try {
        const answer = await request(message.url, {
          method: 'POST',
          dispatcher: agent,
          signal: AbortSignal.timeout(TIMEOUT_MS),
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'user-agent': 'shop-webhooks/1',
            'shop-event-id': message.eventId,
            'shop-event-type': message.eventType,
            'shop-signature': signature(message.secret, message.payload, now),
          },
          body: message.payload,
        });
        const good = answer.statusCode >= 200 && answer.statusCode < 300;
        // Only the status counts; a body that breaks off changes nothing.
        await answer.body.dump({ limit: 16_384 }).catch(() => undefined);
        return {
          status: answer.statusCode,
          error: good ? null : `the receiver answered ${answer.statusCode}`,
        };
      } catch (error) {
        const { name, code, message: text } = error as NodeJS.ErrnoException;
        return { status: null, error: text === PRIVATE ? PRIVATE : (code ?? name) };
      }
    },
    close: () => agent.close(),
  };
}
