import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';

import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { type GraphQLError, type GraphQLSchema, buildSchema, parse, printSchema, validate } from 'graphql';

import { type ClientOperation, usedCoordinates } from './client-usage.ts';

/** A subgraph as it was published. */
export type PublishedSubgraph = { readonly url: string; readonly sdl: string; readonly updatedAt: string };
export type Subgraphs = ReadonlyMap<string, PublishedSubgraph>;

export type BuildError = {
  readonly code: string;
  readonly message: string;
  readonly locations: readonly { readonly line: number; readonly column: number }[];
};

export type Composition =
  | { readonly supergraph: string; readonly errors: readonly [] }
  | { readonly supergraph: null; readonly errors: readonly BuildError[] };

/** Composes subgraphs as Apollo does. */
export function composeSubgraphs(subgraphs: Subgraphs): Composition {
  try {
    const services = [...subgraphs].map(([name, { url, sdl }]) => ({ name, url, typeDefs: parse(sdl) }));
    const { errors, supergraphSdl } = composeServices(services);
    return errors
      ? { supergraph: null, errors: errors.map(buildError) }
      : { supergraph: supergraphSdl, errors: [] };
  } catch (error) {
    // Text that is no GraphQL at all.
    return { supergraph: null, errors: [buildError(error as GraphQLError)] };
  }
}

function buildError({ message, extensions, locations = [] }: GraphQLError): BuildError {
  return {
    message,
    code: String(extensions?.['code'] ?? 'INVALID_GRAPHQL'),
    locations: locations.map(({ line, column }) => ({ line, column })),
  };
}

/** What changes for clients, as the operations check of GraphOS tells it. */
export type Change = {
  readonly code: string;
  /** FAILURE where an operation that clients send depends on it. */
  readonly severity: 'FAILURE' | 'NOTICE';
  readonly description: string;
};

/**
 * Compares what clients see of two supergraphs. A breaking change fails only when a client's operation depends on it, and says
 * which ones do; what nobody uses may go.
 */
export function compareForClients(
  before: string,
  after: string,
  operations: readonly ClientOperation[],
): Change[] {
  const [old, next] = [clientSchema(before), clientSchema(after)];
  const usage = operations.map(operation => ({ operation, used: usedCoordinates(old, operation.text) }));
  const told = new Set<ClientOperation>();
  const changes = differences(old, next).map(({ type, path, message, isBreaking }): Change => {
    if (!isBreaking) return { code: type, severity: 'NOTICE', description: message };
    const coordinate = coordinateOf(type, path);
    const broken = usage.filter(({ used }) => used.has(coordinate)).map(({ operation }) => operation);
    for (const operation of broken) told.add(operation);
    return broken.length === 0
      ? { code: type, severity: 'NOTICE', description: `${message}: no client document uses it` }
      : { code: type, severity: 'FAILURE', description: `${message}: breaks ${labels(broken)}` };
  });
  // Whatever the differences are called: what could be answered and now cannot is broken.
  const refused = operations.flatMap((operation): Change[] => {
    const [error] = told.has(operation) ? [] : validate(next, parse(operation.text));
    if (!error || validate(old, parse(operation.text)).length > 0) return [];
    const description = `${error.message}: breaks ${operation.label}`;
    return [{ code: 'OPERATION_REFUSED', severity: 'FAILURE', description }];
  });
  return [...changes, ...refused];
}

const labels = (operations: readonly ClientOperation[]): string =>
  operations.map(({ label }) => label).join(', ');

function clientSchema(supergraph: string): GraphQLSchema {
  const api = Supergraph.build(supergraph, { supportedFeatures: null }).apiSchema();
  return buildSchema(printSchema(api.toGraphQLJSSchema()));
}

type Difference = {
  readonly type: string;
  readonly path: string | null;
  readonly message: string;
  readonly isBreaking: boolean;
};

function differences(before: GraphQLSchema, after: GraphQLSchema): Difference[] {
  const program = join(import.meta.dirname, '../tools/schema-diff.mjs');
  const input = JSON.stringify({ before: printSchema(before), after: printSchema(after) });
  const answer = execFileSync(process.execPath, [program], { input, encoding: 'utf8', maxBuffer: 64e6 });
  return JSON.parse(answer) as Difference[];
}

/** What an operation must use to notice: what was added did not exist before, so whoever uses its parent is asked for it. */
function coordinateOf(type: string, path: string | null): string {
  const coordinate = path ?? '';
  return type.endsWith('_ADDED') ? coordinate.split('.').slice(0, -1).join('.') || coordinate : coordinate;
}
