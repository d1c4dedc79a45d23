import { type FieldNode, type GraphQLError, type GraphQLSchema } from 'graphql';

import { type Path, refusedAt } from '../errors.ts';
import { type Json } from '../execution/merge.ts';
import { type Operation } from '../planning/operation.ts';
import { type CompletionFault, type Excerpt, type Variables, generate, isIncluded } from './generate.ts';

/** What the client gets of the fetched data. */
export type Projected = {
  /** JSON text of `data`; `null` when a null had to move up to the root. */
  readonly text: string;
  readonly faults: readonly CompletionFault[];
};

/** Cuts fetched data to the client's selection and writes it as JSON text; adds refusals to `errors`. */
export type Project = (data: Json, variables: Variables, errors: GraphQLError[]) => Projected;

const MAX_FAULTS = 10;

/** What the slower pass finds out beside the text. */
export type Telling = {
  /** Where the object that is written stands. */
  readonly path: Path;
  readonly errors: GraphQLError[];
  /** Refused fields that have been named: each is named once, a list of a hundred has one error. */
  readonly told: Set<FieldNode>;
};

/** Writes objects as JSON text. */
export type Writer = {
  /** The text, when nothing about it is to be told. */
  readonly quick: (data: Json, variables: Variables) => string | null;
  readonly slow: (data: Json, variables: Variables, telling: Telling) => Projected;
};

/**
 * Generates the code that writes the answer of one operation for viewers that are refused exactly these fields. Nulls move
 * up to the nearest nullable place (GraphQL October 2021, 6.4.4). The first pass knows no paths; only when it meets a value
 * that the schema does not allow, or when fields are refused, a second version of the same code finds out where.
 */
export function createProjection(
  schema: GraphQLSchema,
  operation: Operation,
  refused: Excerpt['refused'],
  { moved = new Map(), later = new Set() }: Partial<Pick<Excerpt, 'moved' | 'later'>> = {},
): Project {
  const { quick, slow } = createWriter({ schema, operation, refused, moved, later });
  return (data, variables, errors) => {
    const text = quick(data, variables);
    if (text !== null) return { text, faults: [] };
    const told = new Set<FieldNode>();
    const projected = slow(data, variables, { path: [], errors, told });
    tellUnmet(refused, variables, { path: [], errors, told });
    return projected;
  };
}

/** Generates the code for what is to be written. */
export function createWriter(excerpt: Excerpt): Writer {
  const { refused } = excerpt;
  // Refusals are always told, so there the first pass would be for nothing.
  const quick = refused.size > 0 ? null : generate({ ...excerpt, traced: false });
  let traced = quick ? null : generate({ ...excerpt, traced: true });
  return {
    quick: (data, variables) => {
      if (!quick) return null;
      const text = quick.write(data, variables, null);
      return text === undefined || quick.wasFaulty() ? null : text;
    },
    slow: (data, variables, { path: start, errors, told }) => {
      traced ??= generate({ ...excerpt, traced: true });
      const { write, fields } = traced;
      const path = [...start];
      const faults: CompletionFault[] = [];
      const refuse = (index: number): void => {
        const nodes = fields[index] ?? [];
        const code = nodes.map(node => refused.get(node)).find(found => found !== undefined);
        if (code && !nodes.every(node => told.has(node))) errors.push(refusedAt(code, [...path]));
        for (const node of nodes) told.add(node);
      };
      const text = write(data, variables, { path, faults, refuse });
      return { text: text ?? 'null', faults: faults.slice(0, MAX_FAULTS) };
    },
  };
}

/** Refused fields that were never met, since their parents were null or empty, are named all the same. */
export function tellUnmet(
  refused: Excerpt['refused'],
  variables: Variables,
  { path, errors, told }: Telling,
): void {
  for (const [node, code] of refused)
    if (!told.has(node) && isIncluded(node, variables))
      errors.push(refusedAt(code, [...path, (node.alias ?? node.name).value]));
}
