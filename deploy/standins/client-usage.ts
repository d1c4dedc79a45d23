import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  parse,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** An operation that clients send, with its fragments. */
export type ClientOperation = {
  /** As people know it, for example `query ProductList (schema/clients/web.graphql)`. */
  readonly label: string;
  readonly text: string;
};

/** Splits client documents, text by file, into their operations; one that is in several files is listed once. */
export function readOperations(files: ReadonlyMap<string, string>): ClientOperation[] {
  const found = new Map<string, ClientOperation>();
  for (const [file, text] of files) {
    const { definitions } = parse(text);
    const fragments = definitions.filter(each => each.kind === Kind.FRAGMENT_DEFINITION);
    for (const operation of definitions) {
      if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
      const parts = [operation, ...spread(operation, fragments)];
      const body = parts.map(({ loc }) => text.slice(loc?.start, loc?.end)).join('\n');
      const label = `${operation.operation} ${operation.name?.value ?? '(without a name)'} (${file})`;
      found.set(body, { label, text: body });
    }
  }
  return [...found.values()];
}

type Fragment = Extract<ReturnType<typeof parse>['definitions'][number], { kind: Kind.FRAGMENT_DEFINITION }>;

function spread(operation: OperationDefinitionNode, fragments: readonly Fragment[]): Set<Fragment> {
  const used = new Set<Fragment>();
  const look = (node: OperationDefinitionNode | Fragment): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.find(each => each.name.value === name.value);
        if (!fragment || used.has(fragment)) return;
        used.add(fragment);
        look(fragment);
      },
    });
  };
  look(operation);
  return used;
}

/**
 * The coordinates of a schema that an operation depends on: `Type`, `Type.field`, `Type.field.argument`, `Enum.VALUE`,
 * `Input.field`, `@directive`. Documents do not tell what variables hold or which enum values come back, so an input type or an
 * enum is used as a whole.
 */
export function usedCoordinates(schema: GraphQLSchema, text: string): ReadonlySet<string> {
  const used = new Set<string>();
  const info = new TypeInfo(schema);
  const useType = (type: GraphQLNamedType): void => {
    if (used.has(type.name)) return;
    used.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) used.add(`${type.name}.${name}`);
    if (!isInputObjectType(type)) return;
    for (const field of Object.values(type.getFields())) {
      used.add(`${type.name}.${field.name}`);
      useType(getNamedType(field.type));
    }
  };
  visit(
    parse(text),
    visitWithTypeInfo(info, {
      Field: (node: FieldNode) => {
        const [parent, definition] = [info.getParentType(), info.getFieldDef()];
        if (!parent || !definition) return;
        useType(parent);
        useType(getNamedType(definition.type));
        for (const { name } of [parent, ...implementations(schema, parent)]) {
          used.add(`${name}.${node.name.value}`);
          for (const argument of node.arguments ?? [])
            used.add(`${name}.${node.name.value}.${argument.name.value}`);
        }
      },
      Argument: (_node: ArgumentNode) => {
        const input = getNamedType(info.getInputType());
        if (input) useType(input);
      },
      VariableDefinition: ({ type }) => {
        const input = getNamedType(typeFromAST(schema, type));
        if (input) useType(input);
      },
      InlineFragment: () => useParent(info, useType),
      FragmentDefinition: () => useParent(info, useType),
      Directive: ({ name }) => void used.add(`@${name.value}`),
    }),
  );
  return used;
}

function useParent(info: TypeInfo, use: (type: GraphQLNamedType) => void): void {
  const type = getNamedType(info.getType());
  if (type) use(type);
}

/** Those that answer a field which was asked of an interface. */
function implementations(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLNamedType[] {
  if (!isInterfaceType(type)) return [];
  const { objects, interfaces } = schema.getImplementations(type);
  return [...objects, ...interfaces];
}
