import { parseArgs } from 'node:util';

import { scenarios } from './scenarios.ts';

export type Options = {
  /** Measured seconds per scenario and concurrency, after a quarter of that to warm up. */
  readonly seconds: number;
  readonly variants: number;
  readonly seed: number;
  /** Names of scenarios; "race" is the sale of the last units. */
  readonly scenarios: readonly string[];
  readonly concurrencies: readonly number[];
  /** Writes docs/benchmarks/shop.{md,json}. */
  readonly write: boolean;
  /** Writes a V8 CPU profile of the shop's process into this folder. */
  readonly profile: string | undefined;
};

export const usage = `Usage: npm run bench:shop -- [options]
  --seconds 6          measured seconds per scenario and concurrency
  --variants 3500      size of the catalogue, 1,000 to 1,000,000
  --seed 1             another seed, another catalogue
  --scenarios a,b      some of ${scenarios.map(each => each.name).join(', ')}, race
  --concurrency 1,16,64
  --profile DIR        CPU profile of the shop's process
  --write              writes docs/benchmarks/shop.md and shop.json
`;

/** Reads the command line; throws what is wrong with it. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '6' },
      variants: { type: 'string', default: '3500' },
      seed: { type: 'string', default: '1' },
      scenarios: { type: 'string', default: [...scenarios.map(each => each.name), 'race'].join(',') },
      concurrency: { type: 'string', default: '1,16,64' },
      profile: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const chosen = values.scenarios.split(',');
  const unknown = chosen.find(name => name !== 'race' && !scenarios.some(each => each.name === name));
  if (unknown !== undefined) throw new Error(`there is no scenario ${unknown}`);
  return {
    seconds: number('seconds', values.seconds, [0.2, 600]),
    variants: number('variants', values.variants, [1_000, 1_000_000]),
    seed: number('seed', values.seed, [0, 2 ** 32 - 1]),
    scenarios: chosen,
    concurrencies: values.concurrency.split(',').map(text => number('concurrency', text, [1, 1_000])),
    write: values.write,
    profile: values.profile,
  };
}

function number(name: string, text: string, [min, max]: readonly [number, number]): number {
  const value = Number(text);
  if (!(value >= min && value <= max)) throw new Error(`--${name} must be ${min} to ${max}`);
  return value;
}
