import Stripe from 'stripe';

import { type Tracing, traced } from '#platform/tracing.ts';

/** The SDK's own HTTP client, each of whose requests is a step of a trace: what was asked and how it ended, never about whom. */
export function createStripeHttp(tracing: Tracing): ReturnType<typeof Stripe.createNodeHttpClient> {
  const client = Stripe.createNodeHttpClient();
  const send = client.makeRequest.bind(client);
  client.makeRequest = (...request) => {
    const [host, , path, method] = request;
    const route = withoutIds(path);
    const attributes = { 'server.address': host, 'http.request.method': method, 'url.template': route };
    return traced(tracing, { name: `stripe ${method} ${route}`, attributes }, async span => {
      const response = await send(...request);
      span?.set('http.response.status_code', response.getStatusCode());
      return response;
    });
  };
  return client;
}

/** `/v1/payment_intents/pi_1/capture?…` → `/v1/payment_intents/{id}/capture`. */
function withoutIds(path: string): string {
  const [, version, resource, id, ...rest] = (path.split('?')[0] ?? '').split('/');
  const parts = id === undefined ? [] : [id === 'search' ? id : '{id}'];
  return ['', version, resource, ...parts, ...rest].join('/');
}
