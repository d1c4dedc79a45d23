import { listen, matchRoute, sendError } from '#platform/http.ts';

import { accountPages } from './account.ts';
import { createAsk } from './ask.ts';
import { orderPages } from './order.ts';

/**
 * Serves the pages that links in mails lead to, for a shop without a storefront: no scripts, nothing from elsewhere, and what
 * they do goes through the shop's own API at `graphqlUrl`. The router passes them through in development.
 */
export async function startPages(
  graphqlUrl: string,
  { host = '127.0.0.1', port = 0 } = {},
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const ask = createAsk(graphqlUrl);
  const routes = { ...accountPages(ask), ...orderPages(ask) };
  const server = await listen(host, port, async (request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    const handler = matchRoute(routes, request.method ?? 'GET', path);
    if (handler) await handler(request, response);
    else sendError(response, 404, 'NOT_FOUND', 'There is nothing here.');
  });
  return { url: `http://${host}:${server.port}`, stop: () => server.stop(500) };
}
