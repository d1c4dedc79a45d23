import { raceUnits } from './catalogue.ts';
import { type Facts } from './generate.ts';
import { connect } from './load.ts';
import { fillCart, follow, isUnderWay, pay } from './prepare.ts';

const buyers = 200;

export type Race = {
  readonly buyers: number;
  readonly units: number;
  /** Orders that were paid. */
  readonly confirmed: number;
  readonly oversold: number;
  /** How it ended for the buyers, by order status or type of the answer. */
  readonly endings: Readonly<Record<string, number>>;
  /** Answers that came before the payment had ended, and were followed. */
  readonly pending: number;
  /** Until every buyer knew. */
  readonly seconds: number;
};

/** 200 shoppers with filled carts check out at the same moment; there are 20 units. */
export async function race(url: string, facts: Facts): Promise<Race> {
  const connection = connect(url, buyers);
  const lines = [{ variantId: facts.raceVariant, quantity: 1 }];
  const baskets = [];
  for (let made = 0; made < buyers; made += 20)
    baskets.push(...(await Promise.all(Array.from({ length: 20 }, () => fillCart(connection, lines)))));
  const started = performance.now();
  let pending = 0;
  const statuses = await Promise.all(
    baskets.map(async basket => {
      try {
        const answer = await pay(connection, basket);
        if (!isUnderWay(answer.status)) return answer.status;
        pending += 1;
        return await follow(connection, answer);
      } catch (error) {
        // What a shopper is told when it fails is one of the endings.
        return error instanceof Error ? error.message.slice(0, 200) : String(error);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  await connection.close();
  const endings: Record<string, number> = {};
  for (const status of statuses) endings[status] = (endings[status] ?? 0) + 1;
  const confirmed = endings['PAID'] ?? 0;
  return {
    buyers,
    units: raceUnits,
    confirmed,
    oversold: Math.max(0, confirmed - raceUnits),
    endings,
    pending,
    seconds,
  };
}
