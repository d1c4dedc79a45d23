import { readFileSync } from 'node:fs';

import { z } from 'zod';

const step = z.strictObject({
  /** A client document's operation. */
  operation: z.string(),
  /** `$name` stands for what an earlier step has kept. */
  variables: z.record(z.string(), z.unknown()),
  /** Name → path into the answer; `*` is any one of a list. */
  keep: z.record(z.string(), z.string()).default({}),
  /** How many of the journeys take the step. */
  share: z.number().min(0).max(1).default(1),
  /** Without these it is left out. */
  needs: z.array(z.string()).default([]),
});
const scenario = z.strictObject({
  /** Shoppers at once, each walking one journey after the other. */
  users: z.number().int().min(1).max(1_000),
  seconds: z.number().min(1).max(3_600),
  /** Between two journeys of one shopper. */
  pauseMs: z.number().min(0),
  steps: z.array(step),
  thresholds: z.strictObject({ failedShare: z.number(), p95Ms: z.number(), p99Ms: z.number() }),
});
export type Scenario = z.output<typeof scenario>;

/** Reads the scenario that load-test and k6 share. */
export function readScenario(): Scenario {
  return scenario.parse(JSON.parse(readFileSync(new URL('scenario.json', import.meta.url), 'utf8')));
}

/** Sends one operation and answers its data; null when it failed. */
export type Send = (operation: string, variables: unknown) => Promise<unknown>;

/** One shopper's way through the steps. It goes on after a failure, but leaves out what would need the answer. */
export async function walk(steps: Scenario['steps'], send: Send, random: () => number): Promise<void> {
  const kept = new Map<string, unknown>();
  for (const { operation, variables, keep, share, needs } of steps) {
    if (random() >= share || needs.some(name => !kept.has(name))) continue;
    const filled = fill(variables, kept);
    if (filled === missing) continue;
    const data = await send(operation, filled);
    for (const [name, path] of Object.entries(keep)) {
      const found = pick(data, path.split('.'), random);
      if (found !== undefined && found !== null) kept.set(name, found);
    }
  }
}

const missing = Symbol('missing');

function fill(value: unknown, kept: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string' && value.startsWith('$')) return kept.get(value.slice(1)) ?? missing;
  if (Array.isArray(value)) {
    const items = value.map(each => fill(each, kept));
    return items.includes(missing) ? missing : items;
  }
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, each]) => [key, fill(each, kept)] as const);
  return entries.some(([, each]) => each === missing) ? missing : Object.fromEntries(entries);
}

function pick(value: unknown, path: readonly string[], random: () => number): unknown {
  const [key, ...rest] = path;
  if (key === undefined || value === null || typeof value !== 'object')
    return key === undefined ? value : undefined;
  if (key !== '*') return pick((value as Record<string, unknown>)[key], rest, random);
  return Array.isArray(value) ? pick(value[Math.floor(random() * value.length)], rest, random) : undefined;
}
