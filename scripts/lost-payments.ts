import process from 'node:process';

import pg from 'pg';

import { noTracing } from '#platform/tracing.ts';

import { type Outcome, type Provider, createStripe } from '../subgraphs/payments/clients/stripe.ts';
import { readConfig } from '../subgraphs/payments/config.ts';
import { type Intent, isOurId } from '../subgraphs/payments/domain/provider.ts';

// node scripts/lost-payments.ts <since> [--release]: payments that Stripe has since then, made by this shop and no longer in its
// database: their orders were lost with what happened after the backup. With --release nobody pays for them: what is held is
// let go, what was taken is refunded. Asked for again it does nothing twice. With the settings of payments.
const [from = '', option] = process.argv.slice(2);
const since = new Date(from);
if (Number.isNaN(since.getTime()) || (option !== undefined && option !== '--release')) {
  process.stderr.write('usage: node scripts/lost-payments.ts <since, as 2026-11-23T02:00:00Z> [--release]\n');
  process.exit(2);
}
const config = readConfig(process.env);
const provider: Provider = createStripe({
  secretKey: config.stripeSecretKey,
  apiBase: config.stripeApiBase,
  webhookSecrets: config.stripeWebhookSecrets,
  timeoutMs: config.stripeTimeoutMs,
  tracing: noTracing,
  onRequest: () => undefined,
});
const client = new pg.Client({ connectionString: config.databaseUrl });
await client.connect();

let open = 0;
try {
  for await (const intent of provider.intentsBetween(since, new Date())) {
    // What others make at the same Stripe account is not ours to touch.
    if (!isOurId(intent.paymentId) || (await isKnown(intent))) continue;
    const state = await heldOf(intent);
    if (state.amount === 0n) continue;
    open += 1;
    process.stdout.write(
      `${intent.id} payment ${intent.paymentId}: ${state.amount} ${intent.currency} ${state.word}${option ? `, ${await release(intent, state)}` : ''}\n`,
    );
  }
} finally {
  await client.end();
}
process.stdout.write(
  open === 0
    ? 'no payment is lost\n'
    : `${open} lost${option ? ' and released' : '; --release lets them go'}\n`,
);

type Held = { readonly amount: bigint; readonly word: 'taken' | 'held' | 'asked for' };

async function isKnown({ id, paymentId }: Intent): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from payments where intent_id = $1 or id = $2', [
    id,
    paymentId,
  ]);
  return (rowCount ?? 0) > 0;
}

async function heldOf(intent: Intent): Promise<Held> {
  if (intent.status === 'canceled') return { amount: 0n, word: 'held' };
  if (intent.received === 0n)
    return intent.capturable > 0n
      ? { amount: intent.capturable, word: 'held' }
      : { amount: intent.amount, word: 'asked for' };
  const refunds = await provider.refundsOf(intent.id);
  const back = refunds
    .filter(({ status }) => status !== 'FAILED')
    .reduce((sum, { amount }) => sum + amount, 0n);
  return { amount: intent.received - back, word: 'taken' };
}

async function release(intent: Intent, { amount, word }: Held): Promise<string> {
  // The keys are of this intent and amount: whoever runs this twice at once refunds once.
  const outcome: Outcome<unknown> =
    word === 'taken'
      ? await provider.createRefund(
          {
            intentId: intent.id,
            refundId: intent.paymentId ?? '',
            amount: { minor: amount, currency: intent.currency },
          },
          `lost-${intent.id}-${amount}`,
        )
      : await provider.cancel(intent.id, `lost-${intent.id}`);
  if (outcome.kind !== 'done')
    throw new Error(`${intent.id} could not be released: ${JSON.stringify(outcome)}`);
  return word === 'taken' ? 'refunded' : 'let go';
}
