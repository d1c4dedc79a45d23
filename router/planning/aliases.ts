import { type DocumentNode, type FieldNode, GraphQLError, Kind, visit } from 'graphql';

import { type RunPlan } from '../execution/execute-plan.ts';

/**
 * Response names of an operation that stand in the way of what the planner adds by itself, and under what they are fetched
 * instead. Empty for nearly every operation.
 */
export type MovedNames = ReadonlyMap<string, string>;

/**
 * The names under which the planner adds fields of its own: those of keys and requirements. It takes a client's field that
 * is called so (`id: title`) for the one that it needs, and drops it or sends it as a key.
 */
export function namesOfPlanner(supergraphSdl: string): ReadonlySet<string> {
  const sets = supergraphSdl.matchAll(/\b(?:key|requires): "((?:[^"\\]|\\.)*)"/g);
  return new Set(['__typename', ...[...sets].flatMap(([, set = '']) => set.match(/\w+/g) ?? [])]);
}

/** Finds what has to move; the new names occur nowhere in the document. */
export function movedNames(document: DocumentNode, planners: ReadonlySet<string>): MovedNames {
  const inTheWay = new Set<string>();
  const all = new Set<string>();
  visit(document, {
    Field: ({ alias, name }) => {
      all.add((alias ?? name).value);
      if (alias && alias.value !== name.value && isInTheWay(alias.value, planners)) inTheWay.add(alias.value);
    },
  });
  let prefix = 'as_';
  while ([...all, ...planners].some(name => name.startsWith(prefix))) prefix += '_';
  return new Map([...inTheWay].map(name => [name, prefix + name]));
}

function isInTheWay(name: string, planners: ReadonlySet<string>): boolean {
  // Stand-ins of normalise-supergraph.ts are called like the second; the third are there in every object (`__proto__`).
  return planners.has(name) || /^req_\w+_\d+$/.test(name) || name in Object.prototype;
}

/** The document with its names moved, for the planner. */
export function withMovedNames(document: DocumentNode, moved: MovedNames): DocumentNode {
  return visit(document, {
    Field: (field: FieldNode): FieldNode => {
      const key = (field.alias ?? field.name).value;
      const stored = storedName(key, field.name.value, moved);
      return stored === key ? field : { ...field, alias: { kind: Kind.NAME, value: stored } };
    },
  });
}

/** Under what the value of a response key is found in fetched data. */
export function storedName(key: string, field: string, moved: MovedNames): string {
  return key === field ? key : (moved.get(key) ?? key);
}

/** Errors name places as the client does. */
export function tellingOwnNames(run: RunPlan, moved: MovedNames): RunPlan {
  const own = new Map([...moved].map(([name, stored]) => [stored, name]));
  const tell = (errors: readonly GraphQLError[]): GraphQLError[] =>
    errors.map(error => {
      const path = error.path?.map(step => (typeof step === 'string' ? (own.get(step) ?? step) : step));
      return new GraphQLError(error.message, { path, extensions: error.extensions });
    });
  return async (context, event) => {
    const { data, errors, later } = await run(context, event);
    const told = { data, errors: tell(errors) };
    return later ? { ...told, later: async name => tell(await later(name)) } : told;
  };
}
