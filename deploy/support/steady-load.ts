import { createClient } from '../../test/support/client.ts';
import { checkout, fillCart, findVariants, until } from '../../test/support/shopping.ts';
import { ada, type LiveShop } from './live-shop.ts';

export type SteadyLoad = {
  readonly sent: () => number;
  /** Waits until so many more have been sent. */
  more(count: number): Promise<void>;
  /** What went wrong, in words. */
  readonly failures: readonly string[];
  /** Ends it, waits for what is under way and answers how many requests a second were sent. */
  stop(): Promise<number>;
};

type Ask = () => Promise<{ readonly errors?: unknown }>;

/** So many requests each second, whether the last ones are answered or not: every subgraph is asked, and something is bought. */
export async function startSteadyLoad(shop: LiveShop, perSecond: number): Promise<SteadyLoad> {
  const client = createClient(shop.url);
  const [variant] = await findVariants(client, 1, 50);
  const { data } = await client.run('SignIn', { email: ada.email, password: ada.password });
  const token = data.signIn.tokens.accessToken as string;
  const asks: readonly Ask[] = [
    () => client.run('ProductPage', { slug: variant?.slug, currency: 'EUR' }),
    () => client.run('OrderHistory', { first: 5 }, token),
    () => client.run('MobileHome', {}, token),
    () => client.run('CategoryTree'),
    () => client.run('ProductList', { first: 12, sort: 'NAME' }),
  ];
  // On a busy machine the answer may be that the payment is still on its way: whoever asks must see that it arrives.
  const purchase: Ask = async () => {
    const basket = await fillCart(client, { lines: [{ variantId: variant?.id ?? '', quantity: 1 }] });
    const { data, errors } = await checkout(client, basket);
    const known = ['CheckoutCompleted', 'CheckoutPending'].includes(data?.checkout?.__typename);
    return { errors: errors ?? (known ? undefined : data) };
  };
  const failures: string[] = [];
  const open = new Set<Promise<void>>();
  let sent = 0;
  const send = (ask: Ask): void => {
    sent += 1;
    const asked = ask().then(
      ({ errors }) => {
        if (errors) failures.push(JSON.stringify(errors).slice(0, 500));
      },
      (error: unknown) => void failures.push(String(error).slice(0, 500)),
    );
    const done = asked.finally(() => open.delete(done));
    open.add(done);
  };
  const started = Date.now();
  const timer = setInterval(() => {
    // What a busy machine has let slip is sent now.
    const due = Math.floor(((Date.now() - started) / 1_000) * perSecond);
    while (sent < due) send(sent % perSecond === 0 ? purchase : (asks[sent % asks.length] ?? purchase));
  }, 10);
  return {
    sent: () => sent,
    more: async count => {
      const target = sent + count;
      await until(
        async () => sent,
        found => found >= target,
        60_000,
      );
    },
    failures,
    stop: async () => {
      clearInterval(timer);
      const rate = sent / ((Date.now() - started) / 1_000);
      await Promise.all(open);
      return rate;
    },
  };
}
