import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind } from 'graphql';

/** One `@link` of a supergraph: a specification, and how what it defines is called here. */
export type Link = {
  readonly node: ConstDirectiveNode;
  readonly url: string;
  /** Last part of the address before its version; empty when there is none. */
  readonly name: string;
  readonly as: string | undefined;
  readonly purpose: string | undefined;
  /** What is imported: name in the specification → name here, both with the `@` of directives. */
  readonly imports: ReadonlyMap<string, string>;
};

/** The specifications that a supergraph is linked to. */
export function linksOf(sdl: DocumentNode): Link[] {
  return sdl.definitions
    .filter(each => each.kind === Kind.SCHEMA_DEFINITION || each.kind === Kind.SCHEMA_EXTENSION)
    .flatMap(each => each.directives ?? [])
    .filter(directive => directive.name.value === 'link')
    .map(node => {
      const argument = (name: string): ConstValueNode | undefined =>
        node.arguments?.find(each => each.name.value === name)?.value;
      const url = textOf(argument('url')) ?? '';
      const [, name = ''] = /\/([A-Za-z_]\w*)\/v\d+\.\d+\/?$/.exec(url) ?? [];
      const imports = argument('import');
      return {
        node,
        url,
        name,
        as: textOf(argument('as')),
        purpose: textOf(argument('for')),
        imports: new Map(imports?.kind === Kind.LIST ? imports.values.flatMap(imported) : []),
      };
    });
}

/** `"@authenticated"`, or `{ name: "@authenticated", as: "@signedIn" }`. */
function imported(item: ConstValueNode): (readonly [string, string])[] {
  const part = (key: string): string | undefined =>
    item.kind === Kind.OBJECT
      ? textOf(item.fields.find(field => field.name.value === key)?.value)
      : textOf(item);
  const name = part('name');
  return name === undefined ? [] : [[name, part('as') ?? name]];
}

function textOf(value: ConstValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}
