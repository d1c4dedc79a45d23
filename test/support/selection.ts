import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isUnionType,
} from 'graphql';

type Choice = {
  /** Whether fields that ask for a scope are wanted. */
  readonly scoped: boolean;
  /** Whether fields with optional arguments are wanted; a document that is merged with this one may ask for them otherwise. */
  readonly withArguments: boolean;
};

/**
 * Every field of every type below one, as the text of a selection. Each type that leads further is opened once, where it is
 * nearest to the root: graphs have circles. Fields that cannot be asked for without an argument are left to hand-written queries.
 */
export function wholeSelection(schema: GraphQLSchema, root: GraphQLCompositeType, choice: Choice): string {
  type Node = {
    readonly type: GraphQLCompositeType;
    readonly parts: (string | Node)[];
    readonly head: string;
  };
  const start: Node = { type: root, parts: [], head: '' };
  const opened = new Set<string>([root.name]);
  const waiting: Node[] = [start];
  for (let node = waiting.shift(); node; node = waiting.shift()) {
    node.parts.push('__typename');
    if (isUnionType(node.type) || isInterfaceType(node.type)) {
      for (const member of schema.getPossibleTypes(node.type)) {
        const inner: Node = { type: member, parts: [], head: `... on ${member.name}` };
        node.parts.push(inner);
        waiting.push(inner);
      }
      continue;
    }
    for (const field of Object.values(node.type.getFields())) {
      if (!wanted(field, choice)) continue;
      const type = getNamedType(field.type);
      if (!isCompositeType(type)) node.parts.push(field.name);
      else if (isFlat(type) || !opened.has(type.name)) {
        opened.add(type.name);
        const inner: Node = { type, parts: [], head: field.name };
        node.parts.push(inner);
        waiting.push(inner);
      } else node.parts.push(`${field.name} { __typename }`);
    }
  }
  const print = (node: Node): string =>
    `${node.head} { ${node.parts.map(part => (typeof part === 'string' ? part : print(part))).join(' ')} }`;
  return print(start);
}

function wanted(field: GraphQLField<unknown, unknown>, { scoped, withArguments }: Choice): boolean {
  if (field.args.some(argument => isNonNullType(argument.type) && argument.defaultValue === undefined))
    return false;
  if (field.args.length > 0 && !withArguments) return false;
  return scoped || !field.astNode?.directives?.some(directive => directive.name.value === 'requiresScopes');
}

/** Whether a type only holds values: it leads nowhere, so it may be opened everywhere. */
function isFlat(type: GraphQLCompositeType): boolean {
  return (
    !isUnionType(type) && Object.values(type.getFields()).every(field => isLeafType(getNamedType(field.type)))
  );
}

/** Remembers which fields an answer holds, as "Type.field"; the answer names its types by `__typename`. */
export function recordFields(value: unknown, seen: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) recordFields(each, seen);
  else if (typeof value === 'object' && value !== null) {
    const { __typename: type } = value as { readonly __typename?: string };
    for (const [name, inner] of Object.entries(value)) {
      if (type !== undefined && name !== '__typename') seen.add(`${type}.${name}`);
      recordFields(inner, seen);
    }
  }
}

/** The fields of an object type, as "Type.field". */
export function fieldsOf(type: GraphQLObjectType): string[] {
  return Object.keys(type.getFields()).map(name => `${type.name}.${name}`);
}
