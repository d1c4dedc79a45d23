/** Flows a second at a concurrency of 1 and of 16. */
export type Measured = readonly [one: number, sixteen: number];

export type Rivals = {
  /** Vendure 3.7.3. */
  readonly vendure?: Measured;
  /** Medusa 2.21.2. */
  readonly medusa?: Measured;
  /** SQL statements per flow, of the rival that needs fewer. */
  readonly statements: number;
};

/**
 * What Vendure 3.7.3 and Medusa 2.21.2 did in the same scenarios: server, worker, PostgreSQL 15 and load together on two cores,
 * 1,000 products and 3,500 variants, closed loop, keep-alive.
 */
export const rivals = {
  list: { vendure: [13, 14], medusa: [12, 14], statements: 20 },
  filtered: { vendure: [56, 123], statements: 2 },
  detail: { vendure: [39, 48], medusa: [13, 14], statements: 26 },
  search: { vendure: [2.4, 4.6], medusa: [122, 189], statements: 5 },
  cart: { vendure: [10, 20], medusa: [2.1, 2.8], statements: 128 },
  checkout: { vendure: [4.4, 6.9], medusa: [0.84, 0.93], statements: 312 },
  history: { vendure: [40, 70], medusa: [11, 13], statements: 10 },
} as const satisfies Record<string, Rivals>;

/** 200 buyers at once for 20 units. */
export const rivalsRace = 'Vendure 200 confirmed, 180 oversold; Medusa 7 confirmed, 193 × HTTP 500';
/** Resident memory of their servers, in MB. */
export const rivalsMemory = 'Vendure 170-620 MB and a worker of 110-156 MB; Medusa 610-985 MB';
