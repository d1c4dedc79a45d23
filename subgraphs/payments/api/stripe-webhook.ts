import { type Routes, readBody, sendJson } from '#platform/http.ts';

import { type Notice } from '../domain/provider.ts';

type Door = {
  /** The notice in a body that Stripe signed; null when it did not. */
  readonly verify: (body: Buffer, signature: string) => Notice | null;
  /** Stores it; false when it was stored before. */
  readonly receive: (notice: Notice) => Promise<boolean>;
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
      const fresh = await receive(notice);
      count(notice.type, fresh ? 'received' : 'duplicate');
      sendJson(response, 200, { received: true });
    },
    'GET /webhooks/stripe': (_request, response) =>
      sendJson(response.setHeader('allow', 'POST'), 405, { error: 'POST, please' }),
  };
}
