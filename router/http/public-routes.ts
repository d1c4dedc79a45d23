import { Agent } from 'undici';

import { type Routes } from '#platform/http.ts';

import { type RouterConfig, type SubgraphName } from '../config.ts';
import { type Subgraphs } from '../fetching/subgraph-request.ts';
import { landingRoutes } from './landing.ts';
import { type Target, createProxy } from './proxy.ts';
import { statusRoutes } from './status.ts';

export type PublicRoutes = {
  readonly routes: Routes;
  /** Lets what is under way to places outside of the shop finish. */
  close(): Promise<void>;
};

/** What is not GraphQL and public all the same: status, webhooks, media. Pages and stand-ins are there outside production only. */
export function openPublicRoutes(config: RouterConfig, subgraphs: Subgraphs): PublicRoutes {
  const outside = new Agent({ keepAliveTimeout: 10_000 });
  const routes = { ...statusRoutes(subgraphs), ...routesOf(config, subgraphs, outside) };
  return { routes, close: () => outside.close() };
}

function routesOf(config: RouterConfig, subgraphs: Subgraphs, outside: Agent): Routes {
  const elsewhere = (base: string | undefined, methods: readonly string[]): Routes =>
    base === undefined
      ? {}
      : routesTo(() => ({ dispatcher: outside, origin: new URL(base).origin }), methods);
  const subgraph = (name: SubgraphName, methods: readonly string[]): Routes =>
    subgraphs.names().includes(name)
      ? routesTo(
          () => ({ dispatcher: subgraphs.pool(name), origin: subgraphs.address(name).origin }),
          methods,
        )
      : {};
  const always: Routes = {
    ...subgraph('payments', ['POST /webhooks/stripe']),
    ...subgraph('notifications', ['POST /webhooks/sendgrid', 'GET /unsubscribe', 'POST /unsubscribe']),
    ...subgraph('users', ['GET /.well-known/jwks.json']),
    ...elsewhere(config.mediaBase, ['GET /media/*']),
  };
  if (config.environment === 'production') return always;
  return {
    ...always,
    ...landingRoutes(),
    ...subgraph('notifications', [
      'GET /mailbox',
      'GET /mailbox.json',
      'GET /mailbox/*',
      'POST /mailbox/*',
      'DELETE /mailbox/*',
    ]),
    ...elsewhere(config.stripeApiBase, ['GET /stripe/*', 'POST /stripe/*']),
    ...elsewhere(
      config.pagesBase,
      ['/verify-email', '/reset-password', '/orders/*'].flatMap(path => [`GET ${path}`, `POST ${path}`]),
    ),
  };
}

function routesTo(target: () => Target, routes: readonly string[]): Routes {
  return Object.fromEntries(routes.map(route => [route, createProxy(target)]));
}
