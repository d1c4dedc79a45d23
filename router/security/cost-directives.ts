import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type GraphQLSchema,
  Kind,
  valueFromASTUntyped,
} from 'graphql';

type Annotated = {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined;
};

/** What `@listSize` says of a field. */
export type ListSize = {
  readonly assumedSize: number | undefined;
  readonly slicingArguments: readonly string[];
  readonly sizedFields: readonly string[];
  readonly requireOneSlicingArgument: boolean;
};

/** Reads the cost directives of a supergraph, under whatever names it has linked them. */
export type CostDirectives = {
  /** How long a list is taken to be when nothing is said of it. */
  readonly assumedSize: number;
  weightOf(element: Annotated): number | undefined;
  listSizeOf(field: Annotated): ListSize | undefined;
};

/** Where sizes matter to the schema's authors. Elsewhere any number would be made up, and refuse what is fine. */
const ASSUMED_SIZE = 5;
const specification = /^https:\/\/specs\.apollo\.dev\/cost\/v\d+\.\d+\/?$/;

/** Finds out what `@cost` and `@listSize` are called here, and reads them. */
export function readCostDirectives(schema: GraphQLSchema): CostDirectives {
  const names = namesIn(schema);
  const find = ({ astNode }: Annotated, name: string | undefined): ConstDirectiveNode | undefined =>
    astNode?.directives?.find(directive => directive.name.value === name);
  return {
    assumedSize: names ? ASSUMED_SIZE : 1,
    weightOf: element => {
      const weight = argumentOf(find(element, names?.cost), 'weight');
      // IBM's specification writes weights as text, Apollo's as whole numbers.
      const value = typeof weight === 'string' ? Number(weight) : weight;
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    },
    listSizeOf: field => {
      const directive = find(field, names?.listSize);
      if (!directive) return undefined;
      const assumed = argumentOf(directive, 'assumedSize');
      return {
        assumedSize: typeof assumed === 'number' ? assumed : undefined,
        slicingArguments: texts(argumentOf(directive, 'slicingArguments')),
        sizedFields: texts(argumentOf(directive, 'sizedFields')),
        requireOneSlicingArgument: argumentOf(directive, 'requireOneSlicingArgument') !== false,
      };
    },
  };
}

/** `@link(url: …/cost/v0.1, as: "price", import: ["@cost", { name: "@listSize", as: "@size" }])`; null without a link. */
function namesIn(schema: GraphQLSchema): { cost: string; listSize: string } | null {
  const nodes = [schema.astNode, ...schema.extensionASTNodes];
  const links = nodes.flatMap(node => node?.directives ?? []).filter(({ name }) => name.value === 'link');
  const link = links.find(each => specification.test(String(argumentOf(each, 'url'))));
  if (!link) return null;
  const alias = argumentOf(link, 'as');
  const prefix = typeof alias === 'string' ? alias : 'cost';
  const imports: unknown = argumentOf(link, 'import');
  const imported = (name: string): string | undefined => {
    for (const item of Array.isArray(imports) ? (imports as unknown[]) : []) {
      if (item === `@${name}`) return name;
      const renamed = item as { name?: unknown; as?: unknown } | null;
      if (typeof renamed === 'object' && renamed?.name === `@${name}` && typeof renamed.as === 'string')
        return renamed.as.slice(1);
    }
    return undefined;
  };
  // The directive that is called like its specification takes the specification's name.
  return {
    cost: imported('cost') ?? prefix,
    listSize: imported('listSize') ?? `${prefix}__listSize`,
  };
}

function argumentOf(directive: ConstDirectiveNode | undefined, name: string): unknown {
  const value: ConstValueNode | undefined = directive?.arguments?.find(
    argument => argument.name.value === name,
  )?.value;
  return value && value.kind !== Kind.NULL ? valueFromASTUntyped(value) : undefined;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}
