import { createHmac } from 'node:crypto';

import { type Faults } from './faults.ts';
import { type Store, type StripeEvent } from './store.ts';

type Options = {
  readonly store: Store;
  readonly faults: Faults;
  readonly target: () => string | null;
  readonly secret: string;
  /** Milliseconds before each retry; the last one repeats. Stripe's own are minutes and hours. */
  readonly retryDelays: readonly number[];
  readonly log: (line: string) => void;
};

export type Webhooks = {
  /** Sends an event, with retries until it is answered with 2xx. */
  send(event: StripeEvent): void;
  /** Takes up what was not delivered when the stand-in stopped, or all events again. */
  resend(which: 'undelivered' | 'all' | readonly string[]): number;
  stop(): Promise<void>;
};

/** `Stripe-Signature` of a payload (docs.stripe.com/webhooks/signature): HMAC-SHA-256 over «time.payload». */
export function signature(payload: string, secret: string, time: number): string {
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${payload}`).digest('hex')}`;
}

export function createWebhooks({ store, faults, target, secret, retryDelays, log }: Options): Webhooks {
  const timers = new Set<NodeJS.Timeout>();
  const inFlight = new Set<Promise<void>>();
  const stopping = new AbortController();
  let held: StripeEvent[] = [];

  const later = (ms: number, run: () => void): void => {
    if (stopping.signal.aborted) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };
  const post = async (event: StripeEvent, attempt: number): Promise<void> => {
    const url = target();
    const payload = JSON.stringify({ ...event, pending_webhooks: 1 });
    const failure = url === null ? 'no address yet' : await tell(url, payload);
    if (failure === null) store.put('events', { ...event, pending_webhooks: 0 });
    else {
      log(`webhook ${event.type} ${event.id}: ${failure}`);
      later(retryDelays[Math.min(attempt, retryDelays.length - 1)] ?? 1_000, () => start(event, attempt + 1));
    }
  };
  const tell = async (url: string, payload: string): Promise<string | null> => {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
          'stripe-signature': signature(payload, secret, store.now()),
        },
        body: payload,
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(10_000)]),
      });
      await answer.arrayBuffer();
      return answer.ok ? null : `answered ${answer.status}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const start = (event: StripeEvent, attempt: number): void => {
    const running = post(event, attempt).finally(() => inFlight.delete(running));
    inFlight.add(running);
  };
  const dispatch = (event: StripeEvent): void => {
    const copies = 1 + (faults.strike('duplicate', 'webhook', event.type)?.copies ?? 0);
    const wait = faults.strike('delay', 'webhook', event.type)?.ms ?? 0;
    for (let copy = 0; copy < copies; copy += 1) {
      if (wait > 0) later(wait, () => start(event, 0));
      else start(event, 0);
    }
  };
  const send = (event: StripeEvent): void => {
    if (faults.strike('drop', 'webhook', event.type))
      return void store.put('events', { ...event, pending_webhooks: 0 });
    const reorder = faults.strike('reorder', 'webhook', event.type);
    if (!reorder) return dispatch(event);
    held.push(event);
    if (held.length < reorder.window) return undefined;
    const batch = held.toReversed();
    held = [];
    return batch.forEach(dispatch);
  };
  return {
    send,
    resend: which => {
      const events = store
        .all('events')
        .filter(event =>
          which === 'all'
            ? true
            : which === 'undelivered'
              ? event.pending_webhooks > 0
              : which.includes(event.id),
        );
      events.forEach(dispatch);
      held = [];
      return events.length;
    },
    stop: async () => {
      stopping.abort();
      timers.forEach(timer => clearTimeout(timer));
      await Promise.all(inFlight);
    },
  };
}
