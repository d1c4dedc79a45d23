import {
  type ASTVisitor,
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  type InlineFragmentNode,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
  visit,
} from 'graphql';

import { type Operation } from './operation.ts';

/** A fragment that may come later than the rest of the answer. */
export type Deferred = {
  /** What the planner knows it by. */
  readonly name: string;
  /** What the client calls it. */
  readonly label: string | undefined;
  /** The variable that decides whether it comes later; null: it does. */
  readonly condition: string | null;
};

/**
 * An operation in which each fragment that may come later stands in its own place under a name of its own: the planner
 * takes two places of one label for one place, and would plan for the first only.
 */
export type Deferrable = {
  readonly operation: Operation;
  readonly deferred: ReadonlyMap<SelectionNode, Deferred>;
};

const DEFER = 'defer';
/** A label is repeated with each part that it names. */
const MAX_LABEL = 100;
/** The choice of those who take answers as a whole. */
export const nothingLater: ReadonlySet<string> = new Set();

/** Writes deferred fragments out in their places; null when the operation has none, or its answers are events. */
export function deferrableOf(operation: Operation): Deferrable | null {
  const { definition, fragments, kind } = operation;
  const known = new Map<SelectionSetNode, boolean>();
  const setOf = (node: SelectionNode): SelectionSetNode | undefined =>
    node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value)?.selectionSet : node.selectionSet;
  const defers = (set: SelectionSetNode | undefined): boolean => {
    if (!set) return false;
    const found =
      known.get(set) ?? set.selections.some(each => deferOf(each) !== null || defers(setOf(each)));
    known.set(set, found);
    return found;
  };
  if (kind === 'subscription' || !defers(definition.selectionSet)) return null;

  const deferred = new Map<SelectionNode, Deferred>();
  let names = 0;
  const writeSet = (set: SelectionSetNode): SelectionSetNode =>
    defers(set) ? { ...set, selections: set.selections.map(write) } : set;
  const write = (node: SelectionNode): SelectionNode => {
    const set = setOf(node);
    const defer = deferOf(node);
    if (!set || (!defer && !defers(set))) return node;
    if (node.kind === Kind.FIELD) return { ...node, selectionSet: writeSet(set) };
    const name = `d${names}`;
    if (defer) names += 1;
    const others = (node.directives ?? []).filter(each => each.name.value !== DEFER);
    const written: InlineFragmentNode = {
      kind: Kind.INLINE_FRAGMENT,
      ...conditionOf(node, fragments),
      directives: defer ? [...others, deferAs(name)] : others,
      selectionSet: writeSet(set),
    };
    if (defer) deferred.set(written, { name, ...defer });
    return written;
  };
  const written: OperationDefinitionNode = { ...definition, selectionSet: writeSet(definition.selectionSet) };
  const plain = [...fragments].filter(([, { selectionSet }]) => !defers(selectionSet));
  return {
    operation: {
      ...operation,
      definition: written,
      fragments: new Map(plain),
      document: { kind: Kind.DOCUMENT, definitions: [written, ...plain.map(([, fragment]) => fragment)] },
    },
    deferred,
  };
}

/** The names of those that come later, the variables being what they are. */
export function laterWith(
  { deferred }: Deferrable,
  variables: Readonly<Record<string, unknown>>,
): ReadonlySet<string> {
  const later = [...deferred.values()].filter(({ condition }) => {
    const value = condition === null ? true : variables[condition];
    return value === undefined || value === true;
  });
  return new Set(later.map(({ name }) => name));
}

/** The document with these of its deferred fragments, the others being there as usual. */
export function deferringOnly(document: DocumentNode, names: ReadonlySet<string>): DocumentNode {
  return visit(document, {
    Directive: directive => {
      if (directive.name.value !== DEFER) return undefined;
      const label = argumentOf(directive, 'label');
      return label?.kind === Kind.STRING && names.has(label.value) ? undefined : null;
    },
  });
}

/**
 * What the incremental delivery RFC asks of `@defer`: labels are constant and different, and nothing is deferred at the root of
 * what must happen one after the other.
 */
export const deferRule: ValidationRule = (context: ValidationContext): ASTVisitor => {
  const labels = new Set<string>();
  const schema = context.getSchema();
  return {
    Directive(node) {
      if (node.name.value !== DEFER) return;
      const fault = (message: string): void =>
        context.reportError(new GraphQLError(message, { nodes: node }));
      const parent = context.getParentType();
      if (parent && (parent === schema.getMutationType() || parent === schema.getSubscriptionType()))
        fault(`Directive "@defer" cannot be used at the root of a ${parent.name.toLowerCase()}.`);
      const label = argumentOf(node, 'label');
      if (!label || label.kind === Kind.NULL) return;
      if (label.kind !== Kind.STRING) fault('The label of "@defer" must be a constant text.');
      else if (label.value.length > MAX_LABEL)
        fault(`The label of "@defer" has at most ${MAX_LABEL} characters.`);
      else if (labels.has(label.value)) fault('Each "@defer" must have a label of its own.');
      else labels.add(label.value);
    },
  };
};

/** What a selection's `@defer` says; null when it has none, or is never deferred. */
function deferOf({ directives }: SelectionNode): Omit<Deferred, 'name'> | null {
  const directive = directives?.find(({ name }) => name.value === DEFER);
  if (!directive) return null;
  const label = argumentOf(directive, 'label');
  const condition = argumentOf(directive, 'if');
  if (condition?.kind === Kind.BOOLEAN && !condition.value) return null;
  return {
    label: label?.kind === Kind.STRING ? label.value : undefined,
    condition: condition?.kind === Kind.VARIABLE ? condition.name.value : null,
  };
}

/** Whether a selection is deferred, by a variable or always. */
export function isDeferred(node: SelectionNode): boolean {
  return deferOf(node) !== null;
}

function deferAs(name: string): DirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: DEFER },
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'label' },
        value: { kind: Kind.STRING, value: name },
      },
    ],
  };
}

function conditionOf(
  node: SelectionNode,
  fragments: Operation['fragments'],
): { readonly typeCondition?: NamedTypeNode } {
  const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
  return fragment && 'typeCondition' in fragment && fragment.typeCondition
    ? { typeCondition: fragment.typeCondition }
    : {};
}

function argumentOf(directive: DirectiveNode, name: string) {
  return directive.arguments?.find(argument => argument.name.value === name)?.value;
}
