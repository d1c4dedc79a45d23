import { type GraphQLResolveInfo, type GraphQLUnionType, getNullableType, isUnionType } from 'graphql';

import { DomainError } from './errors.ts';

/**
 * The one seam between rules and result unions: runs the action and answers `{ __typename: success, … }`;
 * a DomainError becomes its own member of the union, or ValidationError where the union has no such member.
 * Everything else, and a refusal that the union cannot say, goes on as an error.
 */
export async function answer<T extends object, S extends string>(
  info: GraphQLResolveInfo,
  success: S,
  run: () => Promise<T>,
): Promise<T & { __typename: S }> {
  try {
    return { ...(await run()), __typename: success };
  } catch (error) {
    const union = getNullableType(info.returnType);
    if (!(error instanceof DomainError) || !isUnionType(union)) throw error;
    const type = member(union, error.type);
    if (type === null) throw error;
    const refusal = {
      __typename: type,
      code: error.code,
      message: error.message,
      field: error.field,
      ...error.details,
    };
    // The refusal is a member of the same union; the generated types know unions by their success member only here.
    return refusal as unknown as T & { __typename: S };
  }
}

function member(union: GraphQLUnionType, wanted: string): string | null {
  const names = union.getTypes().map(type => type.name);
  return [wanted, 'ValidationError'].find(name => names.includes(name)) ?? null;
}
