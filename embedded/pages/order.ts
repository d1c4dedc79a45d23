import { type IncomingMessage } from 'node:http';

import { type HttpHandler, type Routes } from '#platform/http.ts';

import { escaped, page, sendPage } from '../../subgraphs/notifications/api/html.ts';
import { fieldsOf, words } from './account.ts';
import { type Ask } from './ask.ts';

const parts = `{ number status placedAt total { amount currency } timeline { at message }
  lines { title quantity total { amount currency } } fulfilments { carrier trackingNumber trackingUrl } }`;
const byToken = `query ($number: String!, $token: String!) { guestOrder(number: $number, token: $token) ${parts} }`;
const byCustomer = `query ($number: String!) { order(number: $number) ${parts} }`;
const signIn = `mutation ($email: String!, $password: String!) {
  signIn(email: $email, password: $password) { __typename ... on SignInSuccess { tokens { accessToken } } ... on UserError { message } }
}`;

type Money = { readonly amount: string; readonly currency: string };
type Order = {
  readonly number: string;
  readonly status: string;
  readonly total: Money;
  readonly lines: readonly { readonly title: string; readonly quantity: number; readonly total: Money }[];
  readonly timeline: readonly { readonly at: string; readonly message: string }[];
  readonly fulfilments: readonly {
    readonly carrier: string | null;
    readonly trackingNumber: string | null;
    readonly trackingUrl: string | null;
  }[];
};

const money = ({ amount, currency }: Money): string => `${amount} ${currency}`;
const list = (title: string, items: readonly string[]): string =>
  items.length === 0
    ? ''
    : `<div class="card"><p class="pad">${title}</p><ul>${items.map(item => `<li class="pad">${item}</li>`).join('')}</ul></div>`;

function orderPage(order: Order): string {
  const state = order.status.toLowerCase().replaceAll('_', ' ');
  const lines = order.lines.map(
    line => `${line.quantity} × ${escaped(line.title)} <span class="soft">${money(line.total)}</span>`,
  );
  const parcels = order.fulfilments.map(({ carrier, trackingNumber, trackingUrl }) => {
    const label = escaped([carrier, trackingNumber].filter(Boolean).join(' ') || 'On its way');
    // Staff have typed it: only a web address becomes a link.
    return trackingUrl !== null && /^https?:\/\//.test(trackingUrl)
      ? `<a href="${escaped(trackingUrl)}" rel="noreferrer">${label}</a>`
      : label;
  });
  const story = order.timeline.map(
    entry =>
      `${escaped(entry.message)} <span class="soft">${escaped(entry.at.slice(0, 16).replace('T', ' '))} UTC</span>`,
  );
  return page(
    `Order ${order.number}`,
    `<p>${escaped(state)}, ${money(order.total)}</p>${list('What you ordered', lines)}${list('Parcels', parcels)}${list('What happened', story)}`,
  );
}

const signInPage = (refusal: string | null): string =>
  page(
    'Your order',
    `<p${refusal === null ? '' : ' role="alert"'}>${escaped(refusal ?? 'Sign in to see it. Without an account, open it with the link from the mail.')}</p><form method="post">
<label>E-mail address<input type="email" name="email" autocomplete="username" required></label>
<label>Password<input type="password" name="password" autocomplete="current-password" required></label><button>Show the order</button></form>`,
  );

const unknown = words(
  'There is no such order here',
  'The link may have been cut off, or be older than 90 days. Copy the whole address from the newest mail.',
);

/** Where mails about orders lead to: a guest's link opens the order, a customer signs in to see it. */
export function orderPages(ask: Ask): Routes {
  const show: HttpHandler = async (request, response) => {
    const { number, token } = addressed(request);
    if (token === null) {
      sendPage(response, 200, signInPage(null));
      return;
    }
    const reply = await ask<Order | null>(byToken, { number, token });
    if ('refusal' in reply) sendPage(response, 502, words('Your order', reply.refusal));
    else if (reply.ok === null) sendPage(response, 404, unknown);
    else sendPage(response, 200, orderPage(reply.ok));
  };
  const showToCustomer: HttpHandler = async (request, response) => {
    const { number } = addressed(request);
    const fields = await fieldsOf(request);
    const credentials = { email: fields.get('email') ?? '', password: fields.get('password') ?? '' };
    const signed = await ask<{ tokens: { accessToken: string } }>(signIn, credentials);
    if ('refusal' in signed) {
      sendPage(response, 400, signInPage(signed.refusal));
      return;
    }
    const { accessToken } = signed.ok.tokens;
    const reply = await ask<Order | null>(byCustomer, { number }, accessToken);
    await ask('mutation { signOut }', {}, accessToken);
    if ('refusal' in reply || reply.ok === null) sendPage(response, 404, unknown);
    else sendPage(response, 200, orderPage(reply.ok));
  };
  return { 'GET /orders/*': show, 'POST /orders/*': showToCustomer };
}

function addressed(request: IncomingMessage): { readonly number: string; readonly token: string | null } {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page');
  return { number: pathname.slice('/orders/'.length, 80), token: searchParams.get('token') };
}
