import { type HttpHandler, type Routes } from '#platform/http.ts';

const firstQuery = `# Ctrl-Enter runs it. The schema is behind the book icon.
{
  products(first: 3) {
    edges { node { name slug priceRange { min { amount currency } } variants { sku availability { inStock quantity } } } }
  }
}
`;

/** Pages for people, outside production only: a start page at / and, for browsers, at /graphql, and a GraphiQL that needs no internet. */
export function landingRoutes(): Routes {
  let page: Promise<string> | null = null;
  return {
    'GET /': landingPage,
    'GET /graphiql': async (_request, response) => {
      page ??= renderGraphiql();
      sendHtml(
        response,
        await page,
        "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; style-src 'unsafe-inline'; font-src data:; img-src data:; connect-src 'self'",
      );
    },
  };
}

async function renderGraphiql(): Promise<string> {
  // Nine megabytes of text: read when somebody wants it.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return renderGraphiQL({
    title: 'Shop GraphiQL',
    endpoint: '/graphql',
    defaultQuery: firstQuery,
    subscriptionsProtocol: 'GRAPHQL_SSE',
  });
}

/** Greets a browser that opens /graphql. */
export const landingPage: HttpHandler = (request, response) => {
  const authority = request.headers[':authority'];
  const host = request.headers.host ?? (typeof authority === 'string' ? authority : 'localhost:8000');
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  const endpoint = /^[\w.:[\]-]+$/.test(host) ? `${scheme}://${host}/graphql` : '/graphql';
  const sandbox = `https://studio.apollographql.com/sandbox/explorer?endpoint=${encodeURIComponent(endpoint)}`;
  sendHtml(
    response,
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop supergraph</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:4rem auto;padding:0 1rem}pre{background:#f4f4f4;padding:1rem;overflow:auto}</style>
<h1>Shop supergraph</h1><p>GraphQL is answered here: <code>POST ${endpoint}</code></p>
<ul><li><a href="/graphiql">GraphiQL</a>, served by this router, no internet needed</li>
<li><a href="${sandbox}" rel="noreferrer">Apollo Sandbox</a>, which needs internet</li>
<li><a href="/mailbox">Mailbox</a>: what the shop has sent, while no mail server is configured</li>
<li><a href="/services/status">How the services are</a></li></ul>
<pre>curl -s ${endpoint} -H 'content-type: application/json' -d '{"query":"{ products(first: 2) { edges { node { name } } } }"}'</pre></html>`,
    "default-src 'none'; style-src 'unsafe-inline'",
  );
};

function sendHtml(response: Parameters<HttpHandler>[1], html: string, policy: string): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(html),
    'content-security-policy': policy,
    'cache-control': 'no-store',
  });
  response.end(html);
}
