import {
  type FieldNode,
  type GraphQLError,
  type GraphQLNamedType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

import { type Path, faultAt } from '../errors.ts';
import { type Json } from '../execution/merge.ts';
import { isRecord } from '../json.ts';
import { storedName } from '../planning/aliases.ts';
import { type Deferred } from '../planning/defers.ts';
import { type CompletionFault, type Excerpt, type Variables, isIncluded } from './generate.ts';
import { type Writer, createWriter, tellUnmet } from './projection.ts';
import { fits, isConditional } from './selected-fields.ts';

/** A deferred fragment, and how to write it. */
export type Part = {
  /** What the planner knows it by. */
  readonly name: string;
  /** What the client calls it. */
  readonly label: string | undefined;
  /** Those inside of it. */
  readonly parts: readonly Part[];
  /** Writes it once for each object that it belongs to, below the places of the part around it. */
  write(around: readonly Place[], variables: Variables, errors: readonly GraphQLError[]): Entry[];
};

/** An object that has been told to the client: what was fetched of it, and what the client has of it. */
export type Place = { readonly path: Path; readonly fetched: Json; readonly told: () => unknown };

/** A part as it is told for one object. */
export type Entry = Place & {
  /** JSON text; `null` when a null had to move up to the fragment. */
  readonly text: string;
  readonly errors: readonly GraphQLError[];
  readonly faults: readonly CompletionFault[];
};

/** Selections on the way to an object, which may or may not apply to what stands there. */
type Fits = (object: Json, variables: Variables) => boolean;
type Step = { readonly fits: Fits; readonly key: string; readonly stored: string };

/** Where the walk through an operation is: inside of which type, and under which conditions. */
type Here = {
  readonly type: GraphQLNamedType | undefined;
  readonly base: GraphQLNamedType | undefined;
  readonly steps: readonly Step[];
  /** Type conditions and conditional selections since the last field. */
  readonly types: readonly string[];
  readonly conditions: readonly SelectionNode[];
};

/** Compiles the deferred fragments of an operation; those of `excerpt.later` are deferred, the others are not. */
export function compileParts(excerpt: Excerpt, deferred: ReadonlyMap<SelectionNode, Deferred>): Part[] {
  const { schema, operation, moved, later } = excerpt;

  const partsIn = (set: SelectionSetNode, here: Here): Part[] =>
    set.selections.flatMap(node => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return [];
      const conditions = isConditional(node) ? [...here.conditions, node] : here.conditions;
      if (node.kind === Kind.FIELD) {
        const field =
          isObjectType(here.type) || isInterfaceType(here.type)
            ? here.type.getFields()[node.name.value]
            : undefined;
        if (!node.selectionSet || !field) return [];
        const type = getNamedType(field.type);
        const key = (node.alias ?? node.name).value;
        const step: Step = {
          fits: fitsOf({ ...here, conditions }),
          key,
          stored: storedName(key, node.name.value, moved),
        };
        const steps = [...here.steps, step];
        return partsIn(node.selectionSet, { type, base: type, steps, types: [], conditions: [] });
      }
      const condition = node.typeCondition?.name.value;
      const inside: Here = {
        ...here,
        type: condition === undefined ? here.type : schema.getType(condition),
        types: condition === undefined ? here.types : [...here.types, condition],
        conditions,
      };
      const found = later.has(node) ? deferred.get(node) : undefined;
      return found ? [part(found, node.selectionSet, inside)] : partsIn(node.selectionSet, inside);
    });

  const fitsOf = ({ base, types, conditions }: Here): Fits => {
    if (types.length + conditions.length === 0) return () => true;
    return (object, variables) => {
      const { __typename: name } = object;
      const type = typeof name === 'string' ? schema.getType(name) : base;
      return (
        types.every(each => fits(schema, type, each)) && conditions.every(each => isIncluded(each, variables))
      );
    };
  };

  const part = (found: Deferred, set: SelectionSetNode, here: Here): Part => {
    const type = here.base;
    if (!type) throw new Error('a deferred fragment stands on no type');
    const refused = refusedIn(set, excerpt);
    const parts = partsIn(set, { ...here, steps: [], types: [], conditions: [] });
    const fitsHere = fitsOf(here);
    let writer: Writer | undefined;
    return {
      name: found.name,
      label: found.label,
      parts,
      write: (around, variables, errors) => {
        writer ??= createWriter({ ...excerpt, refused, from: { type, set } });
        const { quick, slow } = writer;
        const told = new Set<FieldNode>();
        const places = around
          .flatMap(place => placesAt(place, here.steps, variables))
          .filter(({ fetched }) => fitsHere(fetched, variables));
        return places.map((place, index) => {
          const own = errors.filter(({ path }) => belongs(path, place.path));
          // What belongs to no place that the client has is told at the first one.
          if (index === 0)
            own.push(...errors.filter(({ path }) => !places.some(each => belongs(path, each.path))));
          const telling = { path: place.path, errors: own, told };
          const text = quick(place.fetched, variables);
          const written = text === null ? slow(place.fetched, variables, telling) : { text, faults: [] };
          if (index === places.length - 1) tellUnmet(refused, variables, telling);
          // A client that gets nothing must be told so, also when no subgraph has.
          if (written.text === 'null' && own.length === 0)
            own.push(faultAt('INTERNAL_SERVER_ERROR', 'no data', place.path));
          return { ...place, ...written, errors: own, told: toldBy(written.text) };
        });
      },
    };
  };

  const root = schema.getRootType(operation.kind) ?? undefined;
  return partsIn(operation.definition.selectionSet, {
    type: root,
    base: root,
    steps: [],
    types: [],
    conditions: [],
  });
}

/** Of the refused fields, those that are written with this selection. */
export function refusedIn(
  set: SelectionSetNode,
  { refused, operation, later }: Pick<Excerpt, 'refused' | 'operation' | 'later'>,
): Excerpt['refused'] {
  if (refused.size === 0) return refused;
  const found: Map<FieldNode, NonNullable<ReturnType<typeof refused.get>>> = new Map();
  const seen = new Set<SelectionSetNode>();
  const look = (each: SelectionSetNode | undefined): void => {
    if (!each || seen.has(each)) return;
    seen.add(each);
    for (const node of each.selections) {
      if (later.has(node)) continue;
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        look(operation.fragments.get(node.name.value)?.selectionSet);
        continue;
      }
      const code = node.kind === Kind.FIELD ? refused.get(node) : undefined;
      if (node.kind === Kind.FIELD && code) found.set(node, code);
      look(node.selectionSet);
    }
  };
  look(set);
  return found;
}

/** The objects at the end of some steps that the client has been told of; what moved up to a null is not there. */
function placesAt(place: Place, steps: readonly Step[], variables: Variables): Place[] {
  const found: Place[] = [];
  const walk = (fetched: unknown, told: unknown, depth: number, path: Path): void => {
    if (Array.isArray(told)) {
      if (Array.isArray(fetched))
        for (const [index, item] of told.entries()) walk(fetched[index], item, depth, [...path, index]);
      return;
    }
    if (!isRecord(fetched) || !isRecord(told)) return;
    const step = steps[depth];
    if (!step) found.push({ path, fetched, told: () => told });
    else if (step.fits(fetched, variables))
      walk(fetched[step.stored], told[step.key], depth + 1, [...path, step.key]);
  };
  walk(place.fetched, place.told(), 0, place.path);
  return found;
}

/** What a client has of a text that it was sent; read when something inside of it comes later. */
export function toldBy(text: string): () => unknown {
  let told: unknown;
  return () => (told ??= JSON.parse(text) as unknown);
}

function belongs(path: GraphQLError['path'], place: Path): boolean {
  return path !== undefined && place.every((step, index) => path[index] === step);
}
