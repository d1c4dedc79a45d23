import { listen, sendError } from '#platform/http.ts';

import { picture } from './sample/pictures.ts';

/** Serves the sample catalogue's pictures, `/media/<slug>.svg`; the router passes them through in development. */
export async function startMedia({ host = '127.0.0.1', port = 0 } = {}): Promise<{
  readonly url: string;
  stop(): Promise<void>;
}> {
  const server = await listen(host, port, (request, response) => {
    const slug = /^\/media\/([a-z0-9-]{1,100})\.svg$/.exec(request.url?.split('?')[0] ?? '')?.[1];
    if (slug === undefined || request.method !== 'GET') {
      sendError(response, 404, 'NOT_FOUND', 'There is no such picture.');
      return;
    }
    response.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' });
    response.end(picture(slug));
  });
  return { url: `http://${host}:${server.port}`, stop: () => server.stop(500) };
}
