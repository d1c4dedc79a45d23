import { Supergraph } from '@apollo/federation-internals';
import { ApolloGateway } from '@apollo/gateway';
import {
  type DirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  buildASTSchema,
  parse,
  print,
  visit,
} from 'graphql';

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
  /** What the planner reads: the supergraph's text without the purpose of its security links. */
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
  const rewritten = print(dropSecurityPurpose(sdl));
  const supergraph = Supergraph.build(rewritten);
  const api = supergraph.apiSchema();
  const gateway = new ApolloGateway({ supergraphSdl: rewritten });
  return {
    apiSchema: api.toGraphQLJSSchema(),
    rulesSchema: buildASTSchema(sdl, { assumeValidSDL: true }),
    securityDirectives,
    urls: new Map(supergraph.subgraphsMetadata().map(({ name, url }) => [name, url])),
    plannerSdl: rewritten,
    gateway,
  };
}

function readSecurityLinks(sdl: DocumentNode): Map<string, string> {
  const found = new Map<string, string>();
  for (const link of linksOf(sdl)) {
    const text = (name: string): string | undefined => {
      const value = link.arguments?.find(argument => argument.name.value === name)?.value;
      return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
    };
    const [, name = ''] = /\/([A-Za-z_]\w*)\/v\d+\.\d+\/?$/.exec(text('url') ?? '') ?? [];
    if (name === structural || (text('for') !== 'SECURITY' && !enforced.has(name))) continue;
    if (!enforced.has(name))
      throw new Error(
        `the supergraph asks for security feature "${text('url') ?? ''}", which this router cannot enforce`,
      );
    found.set(name, importedAs(link, name) ?? text('as') ?? name);
  }
  return found;
}

/** `import: [{ name: "@authenticated", as: "@signedIn" }]` renames the directive. */
function importedAs(link: DirectiveNode, name: string): string | undefined {
  const imports = link.arguments?.find(argument => argument.name.value === 'import')?.value;
  if (imports?.kind !== Kind.LIST) return undefined;
  for (const item of imports.values) {
    if (item.kind !== Kind.OBJECT) continue;
    const part = (key: string): string | undefined => {
      const value = item.fields.find(field => field.name.value === key)?.value;
      return value?.kind === Kind.STRING ? value.value : undefined;
    };
    if (part('name') === `@${name}`) return part('as')?.slice(1);
  }
  return undefined;
}

function linksOf(sdl: DocumentNode): DirectiveNode[] {
  return sdl.definitions
    .filter(each => each.kind === Kind.SCHEMA_DEFINITION || each.kind === Kind.SCHEMA_EXTENSION)
    .flatMap(each => each.directives ?? [])
    .filter(directive => directive.name.value === 'link');
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
