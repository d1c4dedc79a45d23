import {
  type ArgumentNode,
  type DirectiveDefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  Kind,
  visit,
} from 'graphql';

import { linksOf } from './links.ts';

const executable = new Set([
  'QUERY', 'MUTATION', 'SUBSCRIPTION', 'FIELD', 'FRAGMENT_DEFINITION', 'FRAGMENT_SPREAD', 'INLINE_FRAGMENT', 'VARIABLE_DEFINITION',
]); // prettier-ignore

/**
 * Lets clients use directives that subgraphs have composed with `@composeDirective`. Apollo's libraries take everything that is linked
 * for the supergraph's own affair and keep it from the API, so the links of those directives are cut: they are then like
 * any other directive that clients may send. Links to Apollo's own specifications stay.
 */
export function showClientDirectives(sdl: DocumentNode): DocumentNode {
  const names = clientDirectives(sdl).map(({ name }) => name.value);
  const hiding = new Set<unknown>(
    linksOf(sdl)
      .filter(({ url }) => !url.startsWith('https://specs.apollo.dev/'))
      .filter(({ name, as = name, imports }) => {
        const imported = new Set(imports.values());
        return names.some(each => imported.has(`@${each}`) || each === as || each.startsWith(`${as}__`));
      })
      .map(({ node }) => node),
  );
  return hiding.size === 0
    ? sdl
    : visit(sdl, { Directive: directive => (hiding.has(directive) ? null : undefined) });
}

/**
 * Writes the default values of a client's directives into its document. Subgraphs may differ in them, and the client means
 * those of the supergraph.
 */
export function createDirectiveDefaults(sdl: DocumentNode): (document: DocumentNode) => DocumentNode {
  const defaults = new Map<string, readonly ArgumentNode[]>();
  for (const { name, arguments: known } of clientDirectives(sdl)) {
    const given = (known ?? []).flatMap(argument =>
      argument.defaultValue
        ? [{ kind: Kind.ARGUMENT as const, name: argument.name, value: argument.defaultValue }]
        : [],
    );
    if (given.length > 0) defaults.set(name.value, given);
  }
  const complete = (directive: DirectiveNode): DirectiveNode | undefined => {
    const given = new Set(directive.arguments?.map(({ name }) => name.value));
    const missing = defaults.get(directive.name.value)?.filter(({ name }) => !given.has(name.value)) ?? [];
    if (missing.length === 0) return undefined;
    return { ...directive, arguments: [...(directive.arguments ?? []), ...missing] };
  };
  return document => (defaults.size === 0 ? document : visit(document, { Directive: complete }));
}

function clientDirectives(sdl: DocumentNode): DirectiveDefinitionNode[] {
  return sdl.definitions
    .filter(each => each.kind === Kind.DIRECTIVE_DEFINITION)
    .filter(({ locations }) => locations.some(({ value }) => executable.has(value)));
}
