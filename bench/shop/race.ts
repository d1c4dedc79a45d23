import { raceUnits } from './catalogue.ts';
import { type Facts } from './generate.ts';
import { type Connection, connect } from './load.ts';
import { type Ending, fillCart, pay } from './prepare.ts';

const buyers = 200;
const patienceMs = 60_000;

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
        if (answer.status !== 'PENDING' && answer.status !== 'AWAITING_PAYMENT') return answer.status;
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

/** Asks again until the order is neither pending nor awaiting its payment. */
async function follow(connection: Connection, { number, guestToken: token }: Ending): Promise<string> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { guestOrder } = await connection.run('GuestOrder', { number, token });
    const { status } = guestOrder;
    if ((status !== 'PENDING' && status !== 'AWAITING_PAYMENT') || performance.now() > deadline)
      return status;
    await new Promise(again => setTimeout(again, 200));
  }
}
