import {
  type ASTVisitor,
  type ArgumentNode,
  type DocumentNode,
  GraphQLError,
  type ValidationContext,
  type ValidationRule,
  Kind,
  type SelectionSetNode,
  parse,
} from 'graphql';

import { refusedRequest } from '../errors.ts';
import { deferRule } from '../planning/defers.ts';
import { type Operation } from '../planning/operation.ts';
import { countFlat, measureOperations } from './document-size.ts';

/** How big a request may be. Fragments count as often as they are spread. */
export type Limits = {
  /** Lexical tokens of a document; comments do not count. */
  readonly tokens: number;
  /** Nesting of selection sets. */
  readonly depth: number;
  /** Fields under another name than their own. */
  readonly aliases: number;
  /** Different root fields of one operation. */
  readonly rootFields: number;
  /** Directives in a document, and on one element of it. */
  readonly directives: number;
  readonly directivesOfOne: number;
  /** Fields of an operation: what the planner has to weigh. */
  readonly selections: number;
  /** Fields of one selection set. */
  readonly breadth: number;
  /** Fields that repeat a response key of their selection set: validation compares them in pairs. */
  readonly repeats: number;
  /** Fragments that may come later: each is written by itself. */
  readonly defers: number;
  /** Points by @cost and @listSize: what the subgraphs would have to do. */
  readonly cost: number;
  /** The largest page: `first` and `last`. */
  readonly page: number;
  /** Items of one list, or fields of one object, in arguments and variables. */
  readonly listItems: number;
  /** Nesting of lists and objects in arguments and variables. */
  readonly valueDepth: number;
  /** Values in all variables together. */
  readonly values: number;
  /** Operations in one document. */
  readonly operations: number;
  /** Characters of the operation's name. */
  readonly nameLength: number;
};

/** Every number leaves the client documents in schema/clients room to grow. */
export const limits: Limits = {
  tokens: 2_000,
  depth: 15,
  aliases: 30,
  rootFields: 20,
  directives: 50,
  directivesOfOne: 10,
  selections: 2_000,
  breadth: 200,
  repeats: 100,
  defers: 30,
  cost: 20_000,
  page: 100,
  listItems: 1_000,
  valueDepth: 15,
  values: 10_000,
  operations: 100,
  nameLength: 256,
};

type Variables = Readonly<Record<string, unknown>>;

/** The checks that a request passes, cheapest first. All of them answer in time linear in the request. */
export type LimitChecks = {
  readonly limits: Limits;
  /**
   * Parses a document, and refuses it before validation sees it: 400 GRAPHQL_PARSE_FAILED when it cannot be read or has too many
   * tokens, 400 GRAPHQL_VALIDATION_FAILED when it is too big in another way.
   */
  read(source: string): DocumentNode;
  /** What about the document is too big; empty when nothing is. */
  excesses(document: DocumentNode): string[];
  /** The same as a rule, for validators that parse for themselves. */
  readonly rule: ValidationRule;
  /** What is wrong with the request beside its document, types not weighed. */
  requestFault(operationName: string | null | undefined, variables: Variables): string | null;
  /** What is wrong with values beyond their types; custom scalars take any JSON, however deep. */
  valueFault(value: unknown): string | null;
  /** Checks page sizes of one operation, once for literals; answers the check for the variables' values. */
  pageSizeCheck(operation: Operation): (variables: Variables) => string | null;
};

/** PostgreSQL stores no NUL, so no text of ours may hold one. */
export const nulFault = 'Text must not contain NUL.';

/** Written as an escape it passes everything that looks at the request's bytes. */
const noNulRule: ValidationRule = (context: ValidationContext): ASTVisitor => ({
  StringValue(node) {
    if (node.value.includes('\0')) context.reportError(new GraphQLError(nulFault));
  },
});

/** In production the schema is nobody's business. */
const noIntrospectionRule: ValidationRule = (context: ValidationContext): ASTVisitor => ({
  Field(node) {
    if (node.name.value !== '__schema' && node.name.value !== '__type') return;
    context.reportError(new GraphQLError('Introspection is not available.'));
  },
});

/** What the router asks of documents beside the specification; how big they are is weighed before (`LimitChecks.read`). */
export function documentRules(hidesSchema: boolean): readonly ValidationRule[] {
  return hidesSchema ? [noNulRule, deferRule, noIntrospectionRule] : [noNulRule, deferRule];
}

/** Makes the checks for the given limits. */
export function createLimits(given: Limits): LimitChecks {
  const excesses = (document: DocumentNode): string[] => {
    const found = new Set<string>();
    const over = (value: number, limit: number, message: string): void => {
      if (value > limit) found.add(message);
    };
    const operations = measureOperations(document);
    over(operations.length, given.operations, `A document may hold at most ${given.operations} operations.`);
    const flat = countFlat(document);
    over(flat.directives, given.directives, `A document may use at most ${given.directives} directives.`);
    over(
      flat.directivesOfOne,
      given.directivesOfOne,
      `A field may use at most ${given.directivesOfOne} directives.`,
    );
    over(flat.listItems, given.listItems, `A list or an object may hold at most ${given.listItems} items.`);
    over(
      flat.valueDepth,
      given.valueDepth,
      `Arguments may be nested at most ${given.valueDepth} levels deep.`,
    );
    if (flat.forbiddenKey) found.add('A response key has a name that is not allowed.');
    for (const size of operations) {
      over(size.depth, given.depth, `Fields may be nested at most ${given.depth} levels deep.`);
      over(size.aliases, given.aliases, `An operation may use at most ${given.aliases} aliases.`);
      over(size.selections, given.selections, 'The operation asks for too much.');
      over(size.breadth, given.breadth, `At most ${given.breadth} fields may be asked for side by side.`);
      over(size.repeats, given.repeats, `An operation may repeat at most ${given.repeats} fields.`);
      over(size.defers, given.defers, `An operation may defer at most ${given.defers} fragments.`);
      over(
        size.rootFields,
        given.rootFields,
        `An operation may ask for at most ${given.rootFields} root fields.`,
      );
    }
    return [...found];
  };

  const valueFault = (value: unknown): string | null => {
    let count = 0;
    const look = (each: unknown, depth: number): string | null => {
      count += 1;
      if (count > given.values) return `Variables may hold at most ${given.values} values.`;
      if (typeof each === 'string') return each.includes('\0') ? nulFault : null;
      if (each === null || typeof each !== 'object') return null;
      if (depth > given.valueDepth) return `Variables may be nested at most ${given.valueDepth} levels deep.`;
      const entries = Object.entries(each);
      if (entries.length > given.listItems)
        return `A list or an object may hold at most ${given.listItems} items.`;
      for (const [key, inner] of entries) {
        const fault = (key.includes('\0') ? nulFault : null) ?? look(inner, depth + 1);
        if (fault !== null) return fault;
      }
      return null;
    };
    return look(value, 0);
  };

  const pageSizeFault = (size: number): string | null =>
    size >= 1 && size <= given.page ? null : `A page holds 1 to ${given.page} items.`;

  return {
    limits: given,
    excesses,
    read: source => {
      const document = readDocument(source, given.tokens);
      const [first, ...more] = excesses(document);
      if (first !== undefined)
        throw refusedRequest(400, 'GRAPHQL_VALIDATION_FAILED', [first, ...more].join(' '));
      return document;
    },
    rule: (context: ValidationContext): ASTVisitor => ({
      Document(document) {
        for (const message of excesses(document)) context.reportError(new GraphQLError(message));
      },
    }),
    requestFault: (operationName, variables) =>
      (operationName?.length ?? 0) > given.nameLength
        ? `An operation's name has at most ${given.nameLength} characters.`
        : valueFault(variables),
    valueFault,
    pageSizeCheck: operation => {
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
    },
  };
}

function readDocument(source: string, maxTokens: number): DocumentNode {
  try {
    // Places in the text are told by whoever validates it; here they would be most of what is kept.
    return parse(source, { maxTokens, noLocation: true });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw refusedRequest(400, 'GRAPHQL_PARSE_FAILED', error.message);
  }
}
