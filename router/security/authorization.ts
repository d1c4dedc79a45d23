import {
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { type Viewer } from '#platform/viewer.ts';

import { refusedRequest } from '../errors.ts';
import { type Operation } from '../planning/operation.ts';
import { type Rule, allows, createAccessRules } from './access-rules.ts';
import { type Unauthorized } from './settings.ts';

export type Refusal = 'UNAUTHENTICATED' | 'FORBIDDEN';
export type Refused = {
  /** Which fields this viewer may not have, and why. */
  readonly fields: ReadonlyMap<FieldNode, Refusal>;
  /** Equal for viewers who are refused the same fields in the same words; empty when nothing is refused. */
  readonly key: string;
};

/** The rules of one operation. */
export type Guard = { refuse(viewer: Viewer): Refused };

const nothing: Refused = { fields: new Map(), key: '' };

/** Reads the rules of the supergraph's directives; `names` maps specification names to directive names. */
export function createAuthorizer(
  schema: GraphQLSchema,
  names: ReadonlyMap<string, string>,
): (operation: Operation) => Guard {
  const rulesOf = createAccessRules(schema, names);
  return operation => {
    const guarded = new Map<FieldNode, readonly Rule[]>();
    const info = new TypeInfo(schema);
    const collect = visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType();
        const rules = parent ? rulesOf(parent, node.name.value) : [];
        if (rules.length > 0) guarded.set(node, rules);
      },
    });
    visit(operation.definition, collect);
    for (const fragment of operation.fragments.values()) visit(fragment, collect);
    // Rules are few: viewers differ in which of them hold, and equal ones share the answer.
    const rules = [...new Set([...guarded.values()].flat())];
    const answers = new Map<string, Refused>();
    return {
      refuse: viewer => {
        if (rules.length === 0) return nothing;
        let missing = '';
        for (const [index, rule] of rules.entries()) if (!allows(rule, viewer)) missing += ` ${index}`;
        if (missing === '') return nothing;
        const code: Refusal = viewer.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        const key = code + missing;
        const known = answers.get(key);
        if (known) return known;
        const fields = new Map<FieldNode, Refusal>();
        for (const [node, all] of guarded)
          if (!all.every(rule => allows(rule, viewer))) fields.set(node, code);
        const made = { fields, key };
        if (answers.size < MAX_ANSWERS) answers.set(key, made);
        return made;
      },
    };
  };
}

/** Different refusals of one operation that are remembered. */
const MAX_ANSWERS = 64;

/** The whole operation's refusal, when one field is refused and the setting says so: 401, or 403 for whoever is known. */
export function refusalOf(mode: Unauthorized, { fields }: Refused): GraphQLError | null {
  if (mode !== 'refuse') return null;
  const [code] = fields.values();
  if (code === undefined) return null;
  return code === 'UNAUTHENTICATED'
    ? refusedRequest(401, code, 'You must sign in to do this.')
    : refusedRequest(403, code, 'You are not allowed to do this.');
}

/** The document without these fields. Where nothing is left of a selection, `__typename` keeps its place. */
export function withoutFields(
  document: DocumentNode,
  fields: Pick<ReadonlySet<FieldNode>, 'has' | 'size'>,
): DocumentNode {
  if (fields.size === 0) return document;
  return visit(document, {
    Field: node => (fields.has(node) ? null : undefined),
    SelectionSet: {
      leave: (node: SelectionSetNode) =>
        node.selections.length === 0 ? { ...node, selections: [typename] } : undefined,
    },
  });
}

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
