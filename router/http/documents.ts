import { type ApolloServerOptions, type BaseContext } from '@apollo/server';
import { type DocumentNode, GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';

import { sha256 } from '#platform/ids.ts';

import { refusedRequest } from '../errors.ts';
import { type Planner } from '../planning/planner.ts';
import { type DocumentFault } from '../planning/thread-messages.ts';
import { type LimitChecks } from '../security/limits.ts';

/** Documents that have passed validation. */
export type Documents = {
  /**
   * Parses a document and has it validated, unless it was lately. Rejects with GraphQLError that has the status in it. `client` is
   * whose turn it is in the planner's thread.
   */
  read(query: unknown, client: string): Promise<DocumentNode>;
  /** All that is wrong with a document; empty when nothing is, or when it cannot be parsed, which Apollo Server says best. */
  faultsOf(source: string, client: string): Promise<readonly GraphQLError[]>;
  /** What Apollo Server finds here it does not validate again. */
  readonly store: NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;
};

const MAX_DOCUMENTS = 500;
const DIGEST_LENGTH = 64;

/** Keeps what was read lately, by the digest of its text. */
export function createDocuments(limits: LimitChecks, planner: Planner): Documents {
  const known = new LRUCache<string, DocumentNode>({ max: MAX_DOCUMENTS });

  const examine = async (
    source: string,
    client: string,
  ): Promise<{ readonly document: DocumentNode } | { readonly faults: readonly GraphQLError[] }> => {
    const digest = sha256(source);
    const found = known.get(digest);
    if (found) return { document: found };
    try {
      const document = limits.read(source);
      const faults = await planner.validate(source, client);
      if (faults.length > 0) return { faults: faults.map(toError) };
      known.set(digest, document);
      return { document };
    } catch (error) {
      const fault =
        error instanceof GraphQLError
          ? error
          : new GraphQLError('validation failed', { originalError: error as Error });
      return { faults: [fault] };
    }
  };

  return {
    read: async (query, client) => {
      if (typeof query !== 'string' || query === '')
        throw refusedRequest(400, 'BAD_REQUEST', 'The request has no query.');
      const examined = await examine(query, client);
      if ('document' in examined) return examined.document;
      throw examined.faults[0] ?? new Error('a document without faults was refused');
    },
    faultsOf: async (source, client) => {
      const examined = await examine(source, client);
      if ('document' in examined) return [];
      return examined.faults.filter(({ extensions }) => extensions['code'] !== 'GRAPHQL_PARSE_FAILED');
    },
    store: {
      // Its keys end with the SHA-256 of the text.
      get: async key => known.get(key.slice(-DIGEST_LENGTH)),
      set: async (key, document) => void known.set(key.slice(-DIGEST_LENGTH), document),
      delete: async key => known.delete(key.slice(-DIGEST_LENGTH)),
    },
  };
}

function toError({ message, locations }: DocumentFault): GraphQLError {
  const fault = refusedRequest(400, 'GRAPHQL_VALIDATION_FAILED', message);
  return Object.assign(fault, { locations });
}
