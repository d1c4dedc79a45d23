import process from 'node:process';

import { Supergraph } from '@apollo/federation-internals';
import { ApolloGateway } from '@apollo/gateway';
import { type DocumentNode, type GraphQLSchema, Kind, buildASTSchema, parse, print, visit } from 'graphql';

import { showClientDirectives } from './client-directives.ts';
import { linksOf } from './links.ts';

// Each gateway that is made would otherwise ask whatever cloud this is who we are, and report to Apollo every hour.
process.env['APOLLO_TELEMETRY_DISABLED'] ??= '1'; // oxlint-disable-line node/no-process-env -- read by @apollo/gateway alone

/** Everything that the router knows of the graph. */
export type LoadedSupergraph = {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** The supergraph with join directives and inaccessible elements: for type relations and authorisation. */
  readonly rulesSchema: GraphQLSchema;
  /** How the security directives are called here: specification name → directive name. */
  readonly securityDirectives: ReadonlyMap<string, string>;
  /** Routing URL of each subgraph, as composed. */
  readonly urls: ReadonlyMap<string, string>;
  /** What the planner reads: the supergraph's text without the purpose of its security links, and with clients' directives. */
  readonly plannerSdl: string;
  /** What Apollo Server loads. Its own executor is never used. */
  readonly gateway: ApolloGateway;
};

/** Security specifications that the router enforces (authorization.ts). Any other stops the start: fail closed. */
const enforced = new Set(['authenticated', 'requiresScopes', 'policy']);
/** Enforced by the schema itself: what is inaccessible is not in it, so no operation that asks for it is valid. */
const structural = 'inaccessible';

/**
 * Reads a supergraph. @apollo/gateway refuses any `@link(… for: SECURITY)`, since it enforces none; this router does,
 * so the purpose is dropped before the gateway sees the text. Throws when a security feature is unknown.
 */
export async function loadSupergraph(text: string): Promise<LoadedSupergraph> {
  const sdl = parse(text, { noLocation: true });
  const securityDirectives = readSecurityLinks(sdl);
  const rewritten = print(showClientDirectives(dropSecurityPurpose(sdl)));
  const supergraph = Supergraph.build(rewritten);
  const api = supergraph.apiSchema();
  const gateway = new ApolloGateway({ supergraphSdl: rewritten });
  return {
    apiSchema: api.toGraphQLJSSchema({ includeDefer: true }),
    rulesSchema: buildASTSchema(sdl, { assumeValidSDL: true }),
    securityDirectives,
    urls: new Map(supergraph.subgraphsMetadata().map(({ name, url }) => [name, url])),
    plannerSdl: rewritten,
    gateway,
  };
}

function readSecurityLinks(sdl: DocumentNode): Map<string, string> {
  const found = new Map<string, string>();
  for (const { url, name, as, purpose, imports } of linksOf(sdl)) {
    if (name === structural || (purpose !== 'SECURITY' && !enforced.has(name))) continue;
    if (!enforced.has(name))
      throw new Error(`the supergraph asks for security feature "${url}", which this router cannot enforce`);
    found.set(name, imports.get(`@${name}`)?.slice(1) ?? as ?? name);
  }
  return found;
}

function dropSecurityPurpose(sdl: DocumentNode): DocumentNode {
  const isPurpose = (name: string, value: { kind: Kind; value?: unknown }): boolean =>
    name === 'for' && value.kind === Kind.ENUM && value.value === 'SECURITY';
  return visit(sdl, {
    Directive: link =>
      link.name.value === 'link'
        ? {
            ...link,
            arguments: (link.arguments ?? []).filter(({ name, value }) => !isPurpose(name.value, value)),
          }
        : undefined,
  });
}
