import {
  type ASTVisitor,
  type ArgumentNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

import { type Operation } from '../planning/operation.ts';

/** How big an operation may be. Every number leaves the client documents in schema/clients room to grow. */
export const limits = {
  /** Lexical tokens of a document; comments do not count. */
  tokens: 2_000,
  /** Nesting of selection sets, fragments spread out. */
  depth: 15,
  /** Fields under another name than their own, fragments spread out. */
  aliases: 30,
  /** Root fields of one operation. */
  rootFields: 20,
  /** Directives in a document. */
  directives: 50,
  /** Fields, fragments spread out: what the planner has to weigh. */
  selections: 2_000,
  /** Points by @cost and @listSize: what the subgraphs would have to do. */
  cost: 20_000,
  /** The largest page: `first` and `last`. */
  page: 100,
  /** Operations in one document. */
  operations: 100,
} as const;

type Size = { readonly depth: number; readonly aliases: number; readonly selections: number };

/** Names that are own properties of every object: as response keys they invite prototype pollution. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Refuses documents that are too big, before anything else looks at them. */
export const limitsRule: ValidationRule = (context: ValidationContext): ASTVisitor => ({
  Document(document) {
    for (const message of excesses(document)) context.reportError(new GraphQLError(message));
  },
  // Written as an escape it passes everything that looks at the request's bytes.
  StringValue(node) {
    if (node.value.includes('\0')) context.reportError(new GraphQLError(nulFault));
  },
});

/** PostgreSQL stores no NUL, so no text of ours may hold one. */
export const nulFault = 'Text must not contain NUL.';

/** Says what is wrong with the values of variables beyond their types; custom scalars take any JSON, however deep. */
export function valueFault(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return value.includes('\0') ? nulFault : null;
  if (value === null || typeof value !== 'object') return null;
  if (depth > limits.depth) return `Variables may be nested at most ${limits.depth} levels deep.`;
  for (const [key, each] of Object.entries(value)) {
    const fault = valueFault(key) ?? valueFault(each, depth + 1);
    if (fault !== null) return fault;
  }
  return null;
}

/** In production the schema is nobody's business. */
export const noIntrospectionRule: ValidationRule = (context: ValidationContext): ASTVisitor => ({
  Field(node) {
    if (node.name.value !== '__schema' && node.name.value !== '__type') return;
    context.reportError(new GraphQLError('Introspection is not available.'));
  },
});

/** Says what about the document is too big; empty when nothing is. */
export function excesses(document: DocumentNode): string[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  const found = new Set<string>();
  if (operations.length > limits.operations)
    found.add(`A document may hold at most ${limits.operations} operations.`);
  const measured = new Map<string, Size | null>();
  const counted = countFlat(document);
  if (counted.directives > limits.directives)
    found.add(`A document may use at most ${limits.directives} directives.`);
  if (counted.forbidden) found.add('A response key has a name that is not allowed.');
  for (const { selectionSet } of operations) {
    const size = measure(selectionSet, fragments, measured);
    if (size.depth > limits.depth) found.add(`Fields may be nested at most ${limits.depth} levels deep.`);
    if (size.aliases > limits.aliases) found.add(`An operation may use at most ${limits.aliases} aliases.`);
    if (size.selections > limits.selections) found.add('The operation asks for too much.');
    if (rootCount(selectionSet, fragments, new Set()) > limits.rootFields)
      found.add(`An operation may ask for at most ${limits.rootFields} root fields.`);
  }
  return [...found];
}

function measure(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  known: Map<string, Size | null>,
): Size {
  let depth = 1;
  let aliases = 0;
  let selections = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      selections += 1;
      if (selection.alias && selection.alias.value !== selection.name.value) aliases += 1;
      if (!selection.selectionSet) continue;
    }
    const inner =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? spread(selection.name.value, fragments, known)
        : selection.selectionSet && measure(selection.selectionSet, fragments, known);
    if (!inner) continue;
    depth = Math.max(depth, inner.depth + (selection.kind === Kind.FIELD ? 1 : 0));
    aliases += inner.aliases;
    selections += inner.selections;
  }
  return { depth, aliases, selections };
}

/** A fragment's size, measured once; a cycle counts as nothing here, another rule reports it. */
function spread(
  name: string,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  known: Map<string, Size | null>,
): Size | null {
  const seen = known.get(name);
  if (seen !== undefined) return seen;
  const fragment = fragments.get(name);
  if (!fragment) return null;
  known.set(name, null);
  const size = measure(fragment.selectionSet, fragments, known);
  known.set(name, size);
  return size;
}

/** Fields directly below the root; a fragment counts once, since repeating it adds no response key. */
function rootCount(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  seen: Set<string>,
): number {
  let count = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) count += 1;
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      count += rootCount(selection.selectionSet, fragments, seen);
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value);
      const fragment = fragments.get(selection.name.value);
      if (fragment) count += rootCount(fragment.selectionSet, fragments, seen);
    }
  }
  return count;
}

function countFlat(document: DocumentNode): { directives: number; forbidden: boolean } {
  let directives = 0;
  let forbidden = false;
  const walk = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD && forbiddenKeys.has((selection.alias ?? selection.name).value))
        forbidden = true;
      if (selection.kind !== Kind.FRAGMENT_SPREAD) walk(selection.selectionSet);
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION)
      continue;
    directives += definition.directives?.length ?? 0;
    walk(definition.selectionSet);
  }
  return { directives, forbidden };
}

/** Checks page sizes of one operation, once per operation for literals; answers the check for the variables' values. */
export function pageSizeCheck(
  operation: Operation,
): (variables: Readonly<Record<string, unknown>>) => string | null {
  const names = new Set<string>();
  let literal: string | null = null;
  const look = (argument: ArgumentNode): void => {
    if (argument.name.value !== 'first' && argument.name.value !== 'last') return;
    if (argument.value.kind === Kind.VARIABLE) names.add(argument.value.name.value);
    else if (argument.value.kind === Kind.INT) literal ??= pageSizeFault(Number(argument.value.value));
  };
  const walk = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) selection.arguments?.forEach(look);
      if (selection.kind !== Kind.FRAGMENT_SPREAD) walk(selection.selectionSet);
    }
  };
  walk(operation.definition.selectionSet);
  for (const fragment of operation.fragments.values()) walk(fragment.selectionSet);
  return variables => {
    for (const name of names) {
      const value = variables[name];
      const fault = typeof value === 'number' ? pageSizeFault(value) : null;
      if (fault !== null) return fault;
    }
    return literal;
  };
}

function pageSizeFault(size: number): string | null {
  return size >= 1 && size <= limits.page ? null : `A page holds 1 to ${limits.page} items.`;
}
