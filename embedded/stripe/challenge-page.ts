import { formatAmount } from '#platform/money.ts';

import { answerChallenge, intentOf } from './intents.ts';
import { type World } from './world.ts';

type Page = { readonly status: number; readonly html: string } | { readonly redirect: string };

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`);
const frame = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>` +
  `<style>body{font:16px system-ui;max-width:28rem;margin:15vh auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.2rem;margin-right:.5rem}</style>` +
  `<h1>${title}</h1>${body}</html>`;

/** The bank's page of a test payment: two buttons, which post `outcome` to this same address. */
export function challengePage(world: World, id: string, outcome: string | null): Page {
  const challenge = world.store.get('challenges', id);
  if (!challenge) return { status: 404, html: frame('Unknown payment', '<p>No payment waits here.</p>') };
  const before = intentOf(world, challenge.intent);
  if (outcome === null) {
    const currency = before.currency.toUpperCase();
    const price = `${formatAmount(BigInt(before.amount), currency)} ${currency}`;
    const done = `<p>Nothing to do: this payment is ${escape(before.status)}.</p>`;
    const buttons = `<p>Test bank: allow this payment of ${escape(price)}?</p><form method="post"><button name="outcome" value="complete">Complete</button><button name="outcome" value="fail">Fail</button></form>`;
    return { status: 200, html: frame('3-D Secure', before.status === 'requires_action' ? buttons : done) };
  }
  if (outcome !== 'complete' && outcome !== 'fail')
    return { status: 400, html: frame('Bad request', '<p>outcome is complete or fail.</p>') };
  const returnUrl = before.next_action?.redirect_to_url.return_url ?? null;
  const after = answerChallenge(world, before.id, outcome === 'complete');
  if (returnUrl === null)
    return {
      status: 200,
      html: frame('Thank you', `<p>You can close this page. The payment is ${escape(after.status)}.</p>`),
    };
  const target = new URL(returnUrl);
  target.searchParams.set('payment_intent', after.id);
  target.searchParams.set(
    'redirect_status',
    after.status === 'requires_capture' || after.status === 'succeeded' ? 'succeeded' : 'failed',
  );
  return { redirect: target.href };
}
