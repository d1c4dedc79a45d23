import { resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { routers } from './routers.ts';
import { scenarios } from './scenarios.ts';
import { type Variant, variants } from './variants.ts';

export type Options = {
  readonly routers: readonly string[];
  readonly scenarios: readonly string[];
  readonly variants: readonly Variant[];
  readonly warmSeconds: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
  readonly generator: string | undefined;
  /** What to record of each router while it is measured; its figures then are lower. */
  readonly profile: 'cpu' | 'heap' | undefined;
  /** Another checkout of this repository, whose router is measured too. */
  readonly against: string | undefined;
  /** Writes docs/benchmarks/router.{md,json}. */
  readonly write: boolean;
};

export const usage = `Usage: npm run bench:router -- [options]
  --only a,b        some of ${routers.map(each => each.name).join(', ')}
  --scenario a,b    some of ${scenarios.map(each => each.name).join(', ')}
  --variant a,b     some of ${variants.map(each => each.name).join(', ')}
  --all             every variant, and in the first one every router
  --profile cpu     or heap: V8 profiles of the measured seconds in .data/bench-router, and their summary
  --against DIR     measures the router of another checkout too
  --generator wrk   or autocannon
  --write           writes docs/benchmarks/router.md and router.json
Environment: BENCH_WARM_SECONDS (3), BENCH_SECONDS (5), BENCH_ROUNDS (1, medians of more), BENCH_CONNECTIONS (50)
`;

/** Reads the command line and the environment; throws what is wrong with them. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      scenario: { type: 'string' },
      variant: { type: 'string' },
      all: { type: 'boolean', default: false },
      profile: { type: 'string' },
      generator: { type: 'string' },
      against: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const { profile, generator, all } = values;
  if (profile !== undefined && profile !== 'cpu' && profile !== 'heap')
    throw new Error('--profile takes cpu or heap');
  if (generator !== undefined && generator !== 'wrk' && generator !== 'autocannon')
    throw new Error('--generator takes wrk or autocannon');
  const usual = routers.filter(each => all || !each.extra).map(each => each.name);
  const [core] = variants;
  const chosen = chosenOf('variant', values.variant, variants.map(each => each.name)); // prettier-ignore
  return {
    routers: chosenOf('only', values.only, routers.map(each => each.name)) ?? usual, // prettier-ignore
    scenarios: chosenOf('scenario', values.scenario, scenarios.map(each => each.name)) ?? scenarios.map(each => each.name), // prettier-ignore
    variants: variants.filter(each => chosen?.includes(each.name) ?? (all || each === core)),
    warmSeconds: number('BENCH_WARM_SECONDS', 3, [1, 600]),
    seconds: number('BENCH_SECONDS', 5, [1, 600]),
    rounds: number('BENCH_ROUNDS', 1, [1, 99]),
    connections: number('BENCH_CONNECTIONS', 50, [1, 10_000]),
    generator,
    profile,
    against: values.against === undefined ? undefined : resolve(values.against),
    write: values.write,
  };
}

function chosenOf(option: string, text: string | undefined, known: readonly string[]): string[] | undefined {
  const chosen = text?.split(',');
  const unknown = chosen?.find(name => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`--${option} takes some of ${known.join(', ')}, and not ${unknown}`);
  return chosen;
}

function number(name: string, fallback: number, [min, max]: readonly [number, number]): number {
  const value = Number(process.env[name] ?? fallback);
  if (!(Number.isInteger(value) && value >= min && value <= max))
    throw new Error(`${name} must be a whole number from ${min} to ${max}`);
  return value;
}
