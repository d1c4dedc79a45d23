import { describe, expect, test } from 'vitest';

import { compose, type Occasion } from '../domain/letter.ts';
import { templates, type Template } from '../domain/notification.ts';
import { languages } from '../domain/words.ts';
import { createMailRenderer } from './render-mail.ts';

const render = createMailRenderer();
const evil = '<script>alert("x")</script>&{{letter}}';
const guest = { number: 'A-1001', customerId: null, guestToken: 'guest token/1' };

const occasions: { readonly [T in Template]: Occasion & { readonly template: T } } = {
  'verify-email': { template: 'verify-email', token: 'tok/en+1', expiresAt: '2026-11-23T12:00:00Z' },
  'password-reset': { template: 'password-reset', token: 'tok/en+1', expiresAt: '2026-11-23T12:00:00Z' },
  'email-change': { template: 'email-change', token: 'tok/en+1', expiresAt: '2026-11-23T12:00:00Z' },
  'email-changed': { template: 'email-changed' },
  'account-deleted': { template: 'account-deleted' },
  'order-placed': {
    ...guest, template: 'order-placed', currency: 'EUR', subtotal: '2460', discountTotal: '246', shippingTotal: '490', taxTotal: '432', total: '2704',
    lines: [{ sku: evil, title: evil, quantity: 2, total: '2460' }],
  },
  'order-failed': { ...guest, template: 'order-failed', reason: 'STOCK' },
  'payment-failed': { ...guest, template: 'payment-failed' },
  'order-shipped': { ...guest, template: 'order-shipped', carrier: evil, trackingNumber: evil, trackingUrl: 'https://carrier.example/t?a=1&b=2' },
  'order-delivered': { ...guest, template: 'order-delivered' },
  'order-cancelled': { ...guest, template: 'order-cancelled', reason: evil },
  'order-refunded': { ...guest, template: 'order-refunded', amount: '500', currency: 'JPY' },
  'return-received': { ...guest, template: 'return-received' },
  'return-rejected': { ...guest, template: 'return-rejected', reason: evil },
}; // prettier-ignore

const mail = async (template: Template, locale: string, name = evil) => {
  const letter = compose(occasions[template], { name, locale, storefrontUrl: 'https://store.example/' });
  const topicUnsubscribe = 'https://store.example/unsubscribe?token=u';
  return render({ letter, shop: evil, unsubscribeUrl: topicUnsubscribe });
};

describe.each(languages)('mails in %s', language => {
  test.each(templates)('%s', async template => {
    const { subject, html, text, links } = await mail(template, language);
    expect(subject).toMatch(/\S/);
    expect(html).not.toMatch(/<script/i);
    expect(html.replaceAll('&{{letter}}', '').replaceAll('&amp;{{letter}}', '')).not.toContain('{{');
    expect(html).not.toMatch(/undefined|\[object/);
    expect(html).toContain(`lang="${language}"`);
    expect(html).toContain('name="viewport"');
    expect(text).not.toMatch(/undefined|\[object|&amp;|&lt;/);
    expect(text.replaceAll('&{{letter}}', '')).not.toContain('{{');
    expect(text).toContain('https://store.example/unsubscribe?token=u');
    for (const link of links) {
      expect(['store.example', 'carrier.example']).toContain(new URL(link).host);
      expect(text).toContain(link);
    }
    const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(
      match => new URL((match[1] ?? '').replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')),
    );
    expect(hrefs.filter(url => !['store.example', 'carrier.example'].includes(url.host))).toEqual([]);
  });
});

describe('what a mail says', () => {
  test('amounts are written with the digits of their currency', async () => {
    expect((await mail('order-refunded', 'en')).text).toContain('¥500');
    expect((await mail('order-placed', 'de-AT')).text).toContain('27,04\u00a0€');
  });

  test('what stands above the total adds up to it: tax that prices contain is named below', () => {
    const labels = (more: object): readonly string[] =>
      compose(
        { ...occasions['order-placed'], ...more },
        { name: '', locale: 'en', storefrontUrl: 'https://store.example' },
      ).totals.map(({ label }) => label);
    expect(labels({})).toEqual(['Subtotal', 'Discount', 'Shipping', 'Total', 'Including tax']);
    expect(labels({ total: '3136' })).toEqual(['Subtotal', 'Discount', 'Shipping', 'Tax', 'Total']);
  });

  test('the link of a guest carries the token, that of a customer does not', async () => {
    expect((await mail('order-placed', 'en')).links[0]).toBe(
      'https://store.example/orders/A-1001?token=guest%20token%2F1',
    );
    const own = compose(
      { ...occasions['order-delivered'], customerId: 'c1' },
      { name: '', locale: 'en', storefrontUrl: 'https://store.example' },
    );
    expect(own.action?.url).toBe('https://store.example/orders/A-1001');
  });

  test('a guest without a token gets no link that would not open', () => {
    const { action } = compose(
      { ...occasions['order-refunded'], guestToken: null },
      { name: '', locale: 'en', storefrontUrl: 'https://store.example' },
    );
    expect(action).toBeNull();
  });

  test('tokens stay whole in links', async () => {
    expect((await mail('verify-email', 'en')).links[0]).toBe(
      'https://store.example/verify-email?token=tok%2Fen%2B1',
    );
    expect((await mail('password-reset', 'en')).links[0]).toBe(
      'https://store.example/reset-password?token=tok%2Fen%2B1',
    );
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'nonsense', ' '])(
    '%s does not become a tracking link',
    trackingUrl => {
      const letter = compose(
        { ...occasions['order-shipped'], trackingUrl },
        { name: '', locale: 'en', storefrontUrl: 'https://store.example' },
      );
      expect(letter.links).toEqual([]);
    },
  );

  test('a name with line breaks stays on its line', () => {
    const letter = compose(occasions['order-delivered'], {
      name: 'Ada\r\nLovelace',
      locale: 'en',
      storefrontUrl: 'https://store.example',
    });
    expect(letter.greeting).toBe('Hello Ada Lovelace,');
  });

  test.each([
    'win.evil.example',
    'https://evil.example',
    'Ada see evil.io',
    'eve@example.com',
    'x'.repeat(81),
  ])('the name "%s" is not carried to an address that its giver may not own', name => {
    const reader = { name, locale: 'en', storefrontUrl: 'https://store.example' };
    expect(compose(occasions['verify-email'], reader).greeting).toBe('Hello,');
  });

  test.each(['Dr. J. R. Ångström-Núñez', "Conan O'Brien", '李小龍', 'Sammy Davis Jr.'])(
    '%s is greeted by name',
    name => {
      const reader = { name, locale: 'en', storefrontUrl: 'https://store.example' };
      expect(compose(occasions['verify-email'], reader).greeting).toBe(`Hello ${name},`);
    },
  );

  test('an unknown language is answered in English', () => {
    expect(
      compose(occasions['verify-email'], { name: '', locale: 'tlh', storefrontUrl: 'https://store.example' })
        .language,
    ).toBe('en');
  });
});
