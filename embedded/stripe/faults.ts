import { z } from 'zod';

const common = {
  /** Start of «METHOD /path» for requests («POST /v1/payment_intents») or of the event type for webhooks; every one when absent. */
  match: z.string().default(''),
  /** How often the fault strikes before it is spent; for ever when absent. */
  times: z.int().positive().optional(),
};

/** What the stand-in can be told to do wrong. */
export const fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('delay'),
    on: z.enum(['request', 'webhook']).default('request'),
    ms: z.int().min(0).max(120_000),
    ...common,
  }),
  z.strictObject({
    kind: z.literal('drop'),
    on: z.enum(['request', 'webhook']).default('request'),
    ...common,
  }),
  /** The work is done and kept, but the socket closes without an answer. */
  z.strictObject({ kind: z.literal('commitThenDrop'), ...common }),
  /** Answers an error instead of working. 402 takes `code` and `declineCode`. */
  z.strictObject({
    kind: z.literal('refuse'),
    status: z.int().min(400).max(599),
    code: z.string().optional(),
    declineCode: z.string().optional(),
    message: z.string().default('refused on request'),
    ...common,
  }),
  z.strictObject({ kind: z.literal('duplicate'), copies: z.int().min(1).max(20).default(1), ...common }),
  /** Holds webhooks until `window` of them are gathered, then sends them last first. */
  z.strictObject({ kind: z.literal('reorder'), window: z.int().min(2).max(1_000), ...common }),
]);
export type Fault = z.output<typeof fault>;
export type FaultInput = z.input<typeof fault>;
type Kind = Fault['kind'];

export type Faults = {
  add(input: FaultInput): void;
  clear(): void;
  list(): readonly Fault[];
  /** The first fault of this kind that strikes here; counts it down. */
  strike<K extends Kind>(
    kind: K,
    on: 'request' | 'webhook',
    subject: string,
  ): Extract<Fault, { kind: K }> | null;
};

/** The faults in force, oldest first. */
export function createFaults(): Faults {
  let faults: Fault[] = [];
  return {
    add: input => faults.push(fault.parse(input)),
    clear: () => void (faults = []),
    list: () => faults,
    strike: (kind, on, subject) => {
      const found = faults.find(
        candidate =>
          candidate.kind === kind &&
          (!('on' in candidate) || candidate.on === on) &&
          subject.startsWith(candidate.match),
      );
      if (!found) return null;
      if (found.times !== undefined) {
        const left = found.times - 1;
        faults =
          left === 0
            ? faults.filter(other => other !== found)
            : faults.map(other => (other === found ? { ...found, times: left } : other));
      }
      return found as Extract<Fault, { kind: typeof kind }>;
    },
  };
}
