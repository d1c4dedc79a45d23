import { type SubgraphSettings } from './subgraphs.ts';

/** The circumstances under which the scenarios run. */
export type Variant = {
  readonly name: 'core' | 'latency' | 'real' | 'cold' | 'failing';
  readonly about: string;
  readonly subgraphs: SubgraphSettings;
  /** Each request brings a document that nobody has seen. */
  readonly cold: boolean;
};

const fast: SubgraphSettings = { real: false, delayMs: 0, failEvery: 0 };

export const variants: readonly Variant[] = [
  { name: 'core', about: 'subgraphs that answer at once', subgraphs: fast, cold: false },
  {
    name: 'latency',
    about: 'subgraphs that take 5 ms for every fetch',
    subgraphs: { ...fast, delayMs: 5 },
    cold: false,
  },
  {
    name: 'real',
    about: 'subgraphs that execute every fetch with graphql-js on node:http, all four on the load’s core',
    subgraphs: { ...fast, real: true },
    cold: false,
  },
  {
    name: 'cold',
    about: 'every request a document that has never been seen, so nothing planned can be used again',
    subgraphs: fast,
    cold: true,
  },
  {
    name: 'failing',
    about:
      'every hundredth fetch answered with HTTP 503; whole is the share of answers with all data and no error',
    subgraphs: { ...fast, failEvery: 100 },
    cold: false,
  },
];
