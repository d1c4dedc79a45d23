/** An event on the wire, its payload not yet checked. */
export type Envelope = {
  readonly id: string;
  readonly type: string;
  readonly version: 1;
  readonly occurredAt: string;
  readonly producer: string;
  readonly aggregate: { readonly type: string; readonly id: string; readonly seq: number };
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actor: string | null;
  readonly traceparent: string | null;
  readonly data: unknown;
};

/** What the platform must know of the events; schema/catalogue.ts supplies it. */
export type EventCatalogue = {
  readonly types: readonly string[];
  routingKey(type: string): string;
  /** The queues that receive it; none is allowed (public events). */
  consumers(type: string): readonly string[];
  /** The checked payload; throws when it breaks the contract. */
  parse(type: string, data: unknown): unknown;
  /** The payload with personal data and secrets replaced by "[redacted]". */
  redact(type: string, data: unknown): unknown;
};

export type ParkedMessage = {
  readonly envelope: Envelope;
  readonly attempts: number;
  readonly error: string;
  readonly parkedAt: string;
};

/**
 * Carries events between services. Two transports keep the same promises (test/transport holds both to them):
 * a confirmed publish is durable in every consumer's queue; an event that should have a queue and has none is refused;
 * delivery is at least once; a failed delivery is retried with growing delays and parked in the end, never lost.
 */
export type EventBus = {
  readonly catalogue: EventCatalogue;
  /** Deliveries of one message before it is parked. */
  readonly attempts: number;
  /** Publishes in order. Answers the ids that are safely stored in all queues; the others must be published again. */
  publish(envelopes: readonly Envelope[]): Promise<ReadonlySet<string>>;
  /** Handles a queue's messages, `concurrency` at a time. The handler throws PermanentError to park at once. */
  consume(
    queue: string,
    concurrency: number,
    handle: (envelope: Envelope, attempt: number) => Promise<void>,
  ): Promise<Stop>;
  /** Live copies for this process only, from now on, at most once: to wake subscriptions and drop caches, never to store. */
  observe(types: readonly string[], listener: (envelope: Envelope) => void): Promise<Stop>;
  /** Messages that gave up, oldest first. */
  parked(queue: string, limit?: number): Promise<ParkedMessage[]>;
  /** How many messages of a queue gave up. */
  parkedCount(queue: string): Promise<number>;
  /** Puts parked messages (all, or those with these ids) back into their queue; answers how many. */
  redrive(queue: string, ids?: readonly string[]): Promise<number>;
  healthy(): boolean;
  close(): Promise<void>;
};

export type Stop = () => Promise<void>;

/** The message can never be handled (broken contract, unknown version): park it without retries. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/** Delays in milliseconds before each retry; the last one repeats. */
export const retryDelays: readonly number[] = [200, 1_000, 5_000, 15_000, 30_000];
/** Deliveries of one message before it is parked: about six minutes of trying. */
export const maxAttempts = 16;

/** Milliseconds to wait after the given failed attempt (1 is the first). */
export function retryDelay(attempt: number, delays: readonly number[] = retryDelays): number {
  return delays[Math.min(attempt, delays.length) - 1] ?? 30_000;
}
