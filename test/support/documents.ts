import { readFileSync } from 'node:fs';

import {
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';

export type ClientDocument = {
  readonly name: string;
  readonly client: 'web' | 'mobile' | 'backoffice';
  readonly type: 'query' | 'mutation' | 'subscription';
  /** The operation with the fragments that it uses. */
  readonly text: string;
};

const clients = ['web', 'mobile', 'backoffice'] as const;

/** Every operation that the web shop, the mobile app and the back office send, by name. */
export const documents: ReadonlyMap<string, ClientDocument> = new Map(
  clients.flatMap(client => {
    const source = parse(
      readFileSync(new URL(`../../schema/clients/${client}.graphql`, import.meta.url), 'utf8'),
    );
    const fragments = new Map(
      source.definitions
        .filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION)
        .map(d => [d.name.value, d]),
    );
    return source.definitions
      .filter((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION)
      .map((operation): [string, ClientDocument] => {
        const name = operation.name?.value ?? '';
        const parts = [operation, ...used(operation, fragments)];
        return [
          name,
          { name, client, type: operation.operation, text: parts.map(part => print(part)).join('\n') },
        ];
      });
  }),
);

function used(
  node: OperationDefinitionNode | FragmentDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  found = new Set<FragmentDefinitionNode>(),
): ReadonlySet<FragmentDefinitionNode> {
  visit(node, {
    FragmentSpread: spread => {
      const fragment = fragments.get(spread.name.value);
      if (fragment && !found.has(fragment)) used(fragment, fragments, found.add(fragment));
    },
  });
  return found;
}
