import { exponent, formatAmount } from '#platform/money.ts';

import { languageOf, words, type Language } from './words.ts';

type OrderFacts = {
  readonly number: string;
  readonly customerId: string | null;
  readonly guestToken?: string | null;
};
type Line = {
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly total: string;
};

/** What happened, as the events tell it; amounts are minor units as decimal integer strings. */
export type Occasion =
  | { readonly template: 'verify-email' | 'password-reset' | 'email-change'; readonly token: string; readonly expiresAt: string }
  | { readonly template: 'email-changed' | 'account-deleted' }
  | (OrderFacts & {
      readonly template: 'order-placed'; readonly currency: string; readonly subtotal: string; readonly discountTotal: string;
      readonly shippingTotal: string; readonly taxTotal: string; readonly total: string; readonly lines: readonly Line[];
    })
  | (OrderFacts & { readonly template: 'payment-failed' })
  | (OrderFacts & { readonly template: 'order-failed'; readonly reason: 'STOCK' | 'EXPIRED' })
  | (OrderFacts & {
      readonly template: 'order-shipped'; readonly carrier: string | null; readonly trackingNumber: string | null; readonly trackingUrl: string | null;
    })
  | (OrderFacts & { readonly template: 'order-delivered' | 'return-received' })
  | (OrderFacts & { readonly template: 'order-cancelled' | 'return-rejected'; readonly reason: string })
  | (OrderFacts & { readonly template: 'order-refunded'; readonly amount: string; readonly currency: string }); // prettier-ignore

export type Reader = { readonly name: string; readonly locale: string; readonly storefrontUrl: string };

type Link = { readonly label: string; readonly url: string };
type Fact = { readonly label: string; readonly value: string };

/** A mail as data: what the HTML and the text part are both made from. */
export type Letter = {
  readonly language: Language;
  readonly subject: string;
  readonly heading: string;
  readonly greeting: string;
  readonly body: string;
  readonly notes: readonly string[];
  readonly lines: readonly { readonly title: string; readonly detail: string; readonly total: string }[];
  readonly totals: readonly (Fact & { readonly strong: boolean })[];
  readonly facts: readonly Fact[];
  readonly action: Link | null;
  readonly links: readonly Link[];
  readonly linkHint: string;
  readonly unsubscribe: string;
};

/** Header fields may not hold line breaks: somebody's name must not add a Bcc. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/**
 * Who gives somebody else's address chooses the name as well: one that mail programs would show as a link, or that is a whole
 * message, is left out, or the shop's mail would carry it.
 */
const trusted = (name: string): string =>
  name.length > 80 || /[/\\:@]|\p{L}\.\p{L}{2}/u.test(name) ? '' : name;

type Totals = Extract<Occasion, { readonly template: 'order-placed' }>;

/** Whether the prices contain the tax: then the total is complete without it. */
function taxIsInside({ subtotal, discountTotal, shippingTotal, total }: Totals): boolean {
  return BigInt(subtotal) - BigInt(discountTotal) + BigInt(shippingTotal) === BigInt(total);
}

function price(minor: string, currency: string, language: Language): string {
  const digits = exponent(currency);
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // Passed as a decimal string, so no float comes near the amount.
  return format.format(formatAmount(BigInt(minor), currency) as Intl.StringNumericLiteral);
}

/** Links come from staff's input: only web addresses are taken, never `javascript:` and the like. */
function webLink(label: string, url: string | null): Link[] {
  if (url === null || !URL.canParse(url)) return [];
  const parsed = new URL(url);
  return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? [{ label, url: parsed.href }] : [];
}

/** Where the storefront shows an order. A guest needs the token; without one there is nothing to open. */
function orderUrl(order: OrderFacts, base: string): string | null {
  const page = `${base}/orders/${encodeURIComponent(order.number)}`;
  if (order.customerId !== null) return page;
  const token = order.guestToken ?? null;
  return token === null ? null : `${page}?token=${encodeURIComponent(token)}`;
}

/** Writes the mail for an occasion in the reader's language. */
export function compose(occasion: Occasion, reader: Reader): Letter {
  const language = languageOf(reader.locale);
  const base = reader.storefrontUrl.replace(/\/+$/, '');
  const { message, url, ...content } = tell(occasion, language, base);
  return {
    language,
    subject: oneLine(message.subject),
    heading: message.heading,
    greeting: words[language].greeting(trusted(oneLine(reader.name))),
    body: message.body,
    notes: [],
    lines: [],
    totals: [],
    facts: [],
    links: [],
    ...content,
    action: message.action === null || url === null ? null : { label: message.action, url },
    linkHint: words[language].linkHint,
    unsubscribe: words[language].unsubscribe,
  };
}

type Content = Partial<Pick<Letter, 'notes' | 'lines' | 'totals' | 'facts' | 'links'>> & {
  readonly message: {
    readonly subject: string;
    readonly heading: string;
    readonly body: string;
    readonly action: string | null;
  };
  readonly url: string | null;
};

function tell(occasion: Occasion, language: Language, base: string): Content {
  const say = words[language];
  switch (occasion.template) {
    case 'verify-email':
    case 'password-reset':
    case 'email-change': {
      const until = new Intl.DateTimeFormat(language, {
        dateStyle: 'long',
        timeStyle: 'short',
        timeZone: 'UTC',
      });
      return {
        message: {
          'verify-email': say.verifyEmail,
          'password-reset': say.passwordReset,
          'email-change': say.emailChange,
        }[occasion.template],
        url: `${base}/${occasion.template === 'password-reset' ? 'reset-password' : 'verify-email'}?token=${encodeURIComponent(occasion.token)}`,
        notes: [say.expires(`${until.format(new Date(occasion.expiresAt))} UTC`), say.ignore],
      };
    }
    case 'email-changed':
      return { message: say.emailChanged, url: null };
    case 'account-deleted':
      return { message: say.accountDeleted, url: null };
    case 'order-placed': {
      const money = (minor: string): string => price(minor, occasion.currency, language);
      const row = (label: string, minor: string, strong = false) => ({ label, value: money(minor), strong });
      const total = row(say.total, occasion.total, true);
      return {
        message: say.orderPlaced(occasion.number),
        url: orderUrl(occasion, base),
        lines: occasion.lines.map(line => ({
          title: line.title,
          detail: `${say.sku} ${line.sku} · ${say.quantity} ${line.quantity}`,
          total: money(line.total),
        })),
        totals: [
          row(say.subtotal, occasion.subtotal),
          ...(occasion.discountTotal === '0' ? [] : [row(say.discount, `-${occasion.discountTotal}`)]),
          row(say.shipping, occasion.shippingTotal),
          // What is inside the total stands below it: what stands above adds up to it.
          ...(taxIsInside(occasion)
            ? [total, row(say.taxInside, occasion.taxTotal)]
            : [row(say.tax, occasion.taxTotal), total]),
        ],
      };
    }
    case 'payment-failed':
      return { message: say.paymentFailed(occasion.number), url: orderUrl(occasion, base) };
    case 'order-failed':
      return { message: say.orderFailed(occasion.number, occasion.reason), url: orderUrl(occasion, base) };
    case 'order-shipped':
      return {
        message: say.orderShipped(occasion.number),
        url: orderUrl(occasion, base),
        facts: [
          ...(occasion.carrier === null ? [] : [{ label: say.carrier, value: occasion.carrier }]),
          ...(occasion.trackingNumber === null
            ? []
            : [{ label: say.tracking, value: occasion.trackingNumber }]),
        ],
        links: webLink(say.track, occasion.trackingUrl),
      };
    case 'order-delivered':
      return { message: say.orderDelivered(occasion.number), url: orderUrl(occasion, base) };
    case 'return-received':
      return { message: say.returnReceived(occasion.number), url: orderUrl(occasion, base) };
    case 'order-cancelled':
      return {
        message: say.orderCancelled(occasion.number),
        url: orderUrl(occasion, base),
        facts: reason(say.reason, occasion.reason),
      };
    case 'return-rejected':
      return {
        message: say.returnRejected(occasion.number),
        url: orderUrl(occasion, base),
        facts: reason(say.reason, occasion.reason),
      };
    case 'order-refunded':
      return {
        message: say.orderRefunded(occasion.number, price(occasion.amount, occasion.currency, language)),
        url: orderUrl(occasion, base),
      };
  }
}

function reason(label: string, text: string): Fact[] {
  return text.trim() === '' ? [] : [{ label, value: text.trim() }];
}

/** Every web address that a mail holds. */
export function linksOf(letter: Letter, unsubscribeUrl: string | null): string[] {
  return [
    ...(letter.action === null ? [] : [letter.action.url]),
    ...letter.links.map(link => link.url),
    ...(unsubscribeUrl === null ? [] : [unsubscribeUrl]),
  ];
}
