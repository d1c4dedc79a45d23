import { type SubgraphAnswer } from '../fetching/subgraph-request.ts';

/** A subgraph's stream of events, read once: ends when the subgraph completes it, and throws when the connection breaks. */
export type Source = () => AsyncGenerator<SubgraphAnswer>;

/** What a stream is opened with. */
export type SourceRequest = {
  readonly address: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** The GraphQL request as JSON text. */
  readonly body: string;
  /** Ends the stream at once. */
  readonly signal: AbortSignal;
};

/** The subgraph is there and says no: trying again would not help. */
export const refusedBySource = new Error('the subgraph refused the subscription');
