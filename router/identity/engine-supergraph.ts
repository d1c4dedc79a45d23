import { type DocumentNode, Kind, parse, print, visit } from 'graphql';

import { linksOf } from '../supergraph/links.ts';

/** Rights that another router would enforce by its own idea of who asks, or refuse to start with. */
const rights = new Set(['authenticated', 'requiresScopes', 'policy']);

/**
 * The supergraph for a router that is not ours, behind which `base` (http://127.0.0.1:4100) is the identity proxy: every subgraph is
 * `<base>/<name>`, and @authenticated, @requiresScopes and @policy are gone. The subgraphs enforce these again. What is inaccessible
 * stays so.
 */
export function engineSupergraph(text: string, base: string): string {
  const sdl = parse(text, { noLocation: true });
  const links = linksOf(sdl).filter(({ name }) => rights.has(name));
  const directives = new Set(
    links.map(({ name, as, imports }) => imports.get(`@${name}`)?.slice(1) ?? as ?? name),
  );
  // What a specification defines beside its directive has its name as prefix: requiresScopes__Scope.
  const prefixes = links.map(({ name, as }) => `${as ?? name}__`);
  const dropped = new Set(links.map(({ node }) => node));
  const document = visit(sdl, {
    Directive: node =>
      dropped.has(node as (typeof links)[number]['node']) || directives.has(node.name.value)
        ? null
        : undefined,
    DirectiveDefinition: node => (directives.has(node.name.value) ? null : undefined),
    ScalarTypeDefinition: node =>
      prefixes.some(prefix => node.name.value.startsWith(prefix)) ? null : undefined,
  });
  return `${print(withAddresses(document, base))}\n`;
}

/** Where each subgraph is, as composed. */
export function composedAddresses(text: string): Map<string, string> {
  const found = new Map<string, string>();
  visit(parse(text, { noLocation: true }), {
    Directive: node => {
      if (node.name.value !== 'join__graph') return;
      const [name, url] = ['name', 'url'].map(key => {
        const value = node.arguments?.find(each => each.name.value === key)?.value;
        return value?.kind === Kind.STRING ? value.value : undefined;
      });
      if (name !== undefined && url !== undefined) found.set(name, url);
    },
  });
  return found;
}

function withAddresses(document: DocumentNode, base: string): DocumentNode {
  return visit(document, {
    Directive: node => {
      if (node.name.value !== 'join__graph') return undefined;
      const name = node.arguments?.find(each => each.name.value === 'name')?.value;
      if (name?.kind !== Kind.STRING) return undefined;
      return {
        ...node,
        arguments: node.arguments?.map(each =>
          each.name.value === 'url'
            ? { ...each, value: { kind: Kind.STRING, value: `${base}/${name.value}` } }
            : each,
        ),
      };
    },
  });
}
