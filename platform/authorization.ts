import {
  type ConstDirectiveNode,
  type GraphQLSchema,
  defaultFieldResolver,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';

import { type RequestContext } from './context.ts';
import { forbidden, unauthenticated } from './graphql-errors.ts';
import { type Viewer, hasScope } from './viewer.ts';

/**
 * Puts `@authenticated` and `@requiresScopes` of the SDL in front of every resolver of this schema. The router enforces them
 * too; this is the second lock, for whatever reaches the subgraph with the router's token.
 */
export function enforceAuthorization(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const onType = type.astNode?.directives ?? [];
    for (const field of Object.values(type.getFields())) {
      const check = rule([...onType, ...(field.astNode?.directives ?? [])]);
      if (!check) continue;
      const { resolve = defaultFieldResolver, subscribe } = field;
      field.resolve = (source, args, context: RequestContext, info) => {
        check(context.viewer);
        return resolve(source, args, context, info) as unknown;
      };
      if (subscribe) {
        field.subscribe = (source, args, context: RequestContext, info) => {
          check(context.viewer);
          return subscribe(source, args, context, info) as unknown;
        };
      }
    }
  }
}

/** Throws when the viewer may not; null when the field is open to all. */
function rule(directives: readonly ConstDirectiveNode[]): ((viewer: Viewer) => void) | null {
  const authenticated = directives.some(directive => directive.name.value === 'authenticated');
  const scopes = directives
    .filter(directive => directive.name.value === 'requiresScopes')
    .map(
      directive =>
        valueFromASTUntyped(
          directive.arguments?.[0]?.value ?? ({ kind: 'ListValue', values: [] } as never),
        ) as string[][],
    );
  if (!authenticated && scopes.length === 0) return null;
  return viewer => {
    if (viewer.kind === 'anonymous') throw unauthenticated();
    // The outer list is OR, the inner AND (Apollo federation specification, @requiresScopes).
    if (!scopes.every(any => any.some(all => all.every(scope => hasScope(viewer, scope))))) throw forbidden();
  };
}
