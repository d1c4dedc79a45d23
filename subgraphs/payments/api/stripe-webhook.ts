import { type Routes, readBody, sendJson } from '#platform/http.ts';

import { type Receipt } from '../actions/receive-webhook.ts';
import { type Notice } from '../domain/provider.ts';

type Door = {
  /** The notice in a body that Stripe signed; null when it did not. */
  readonly verify: (body: Buffer, signature: string) => Notice | null;
  /** Stores it, unless it was stored before or does not concern us. */
  readonly receive: (notice: Notice) => Promise<Receipt>;
  readonly count: (type: string, outcome: string) => void;
};

const maxBody = 262_144;

/** Stripe's door: only a signed, fresh body is stored; the answer comes at once, the work is done behind it. */
export function stripeWebhookRoutes({ verify, receive, count }: Door): Routes {
  return {
    'POST /webhooks/stripe': async (request, response) => {
      const signature = request.headers['stripe-signature'];
      const json = request.headers['content-type']?.startsWith('application/json') === true;
      if (!json || request.headers['content-encoding'] !== undefined) {
        request.resume();
        sendJson(response, 415, { error: 'application/json, please' });
        return;
      }
      const body = await readBody(request, maxBody);
      const notice = typeof signature === 'string' ? verify(body, signature) : null;
      if (!notice) {
        count('unknown', 'forged');
        sendJson(response, 400, { error: 'bad signature' });
        return;
      }
      count(notice.type, await receive(notice));
      sendJson(response, 200, { received: true });
    },
    'GET /webhooks/stripe': (_request, response) =>
      sendJson(response.setHeader('allow', 'POST'), 405, { error: 'POST, please' }),
  };
}
