import { describe, expect, test } from 'vitest';

import { readConfig } from './config.ts';

const env = {
  INTERNAL_TOKEN_SECRET: 'the one secret that every process has',
  NOTIFICATIONS_DATABASE_URL: 'postgresql://localhost/notifications_db',
};
const production = {
  ...env,
  ENVIRONMENT: 'production',
  SENDGRID_API_KEY: 'SG.1',
  EMAIL_FROM: 'Shop <shop@example.com>',
  STOREFRONT_URL: 'https://store.example/',
  NOTIFICATIONS_SECRET: 'the one that only notifications has',
};

describe('settings', () => {
  test('without a provider mail stays in the local mailbox', () => {
    expect(readConfig(env)).toMatchObject({
      port: 9006,
      mail: { kind: 'mailbox' },
      storefrontUrl: 'http://localhost:3000',
      webhookAllowPrivate: false,
    });
  });
  test('SMTP is taken when its URL is set, SendGrid when its key is', () => {
    expect(readConfig({ ...env, SMTP_URL: 'smtp://localhost:25' }).mail).toEqual({
      kind: 'smtp',
      url: 'smtp://localhost:25',
    });
    expect(readConfig({ ...env, SMTP_URL: 'smtp://localhost:25', SENDGRID_API_KEY: 'SG.1' }).mail).toEqual({
      kind: 'sendgrid',
      apiKey: 'SG.1',
      baseUrl: null,
    });
  });
  test('production starts with real parts, and links lose their last slash', () => {
    expect(readConfig(production)).toMatchObject({
      environment: 'production',
      storefrontUrl: 'https://store.example',
      publicUrl: 'https://store.example',
    });
  });
  test.each(['SENDGRID_API_KEY', 'EMAIL_FROM', 'STOREFRONT_URL', 'NOTIFICATIONS_SECRET'] as const)(
    'production does not start without %s',
    name => {
      expect(() => readConfig({ ...production, [name]: undefined })).toThrow(name);
    },
  );
  test('production sends no webhooks to private addresses', () => {
    expect(() => readConfig({ ...production, WEBHOOK_ALLOW_PRIVATE: 'true' })).toThrow(
      'WEBHOOK_ALLOW_PRIVATE',
    );
    expect(readConfig({ ...env, WEBHOOK_ALLOW_PRIVATE: 'true' })).toMatchObject({
      webhookAllowPrivate: true,
    });
  });
  test.each([
    ['EMAIL_FROM', 'Shop <a@b.example>\r\nBcc: eve@example.com'],
    ['STOREFRONT_URL', 'javascript:alert(1)'],
    ['NOTIFICATIONS_SECRET', 'short'],
    ['SMTP_URL', 'http://localhost'],
  ])('%s = %j is refused', (name, value) => {
    expect(() => readConfig({ ...env, [name]: value })).toThrow(name);
  });
});
