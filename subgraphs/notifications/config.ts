import { z } from 'zod';

import {
  type Env,
  type ServiceSettings,
  flag,
  readEnv,
  readService,
  readSetting,
  secret,
} from '#platform/config.ts';

/** How mail leaves the shop. */
export type MailSettings =
  | { readonly kind: 'sendgrid'; readonly apiKey: string; readonly baseUrl: string | null }
  | { readonly kind: 'smtp'; readonly url: string }
  | { readonly kind: 'mailbox' };

export type NotificationsConfig = ServiceSettings & {
  readonly mail: MailSettings;
  /** Sender of all mail, `Name <address>` or a bare address. */
  readonly emailFrom: string;
  /** SendGrid's verification key for its event webhook; null closes the route. */
  readonly sendgridWebhookPublicKey: string | null;
  /** Where links in mail start, without a slash at the end. */
  readonly storefrontUrl: string;
  /** Where the router is reached from outside, without a slash at the end: the unsubscribe link starts here. */
  readonly publicUrl: string;
  /** Signs unsubscribe links and seals the secrets of webhook endpoints. */
  readonly secret: string;
  /** Whether webhooks may go to private addresses: for tests and closed networks. */
  readonly webhookAllowPrivate: boolean;
};

const address = z
  .string()
  .regex(
    /^(?:[^<>\r\n]{1,100} )?<?[^\s<>@]+@[^\s<>@]+>?$/,
    'expected an address such as Shop <no-reply@example.com>',
  );
const webAddress = z.url({ protocol: /^https?$/ }).transform(text => text.replace(/\/+$/, ''));

const shape = {
  SENDGRID_API_KEY: z.string().optional(),
  SENDGRID_API_BASE: webAddress.optional(),
  SENDGRID_WEBHOOK_PUBLIC_KEY: z.string().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  EMAIL_FROM: address.default('Shop <no-reply@shop.example>'),
  STOREFRONT_URL: webAddress.default('http://localhost:3000'),
  PUBLIC_URL: webAddress.optional(),
  NOTIFICATIONS_SECRET: secret().optional(),
  WEBHOOK_ALLOW_PRIVATE: flag(false),
} as const;

/** Reads the settings of notifications; production needs a real way to send mail, an own secret, and names of its own. */
export function readConfig(env: Env): NotificationsConfig {
  const service = readService('notifications', 9006, env);
  const own = readEnv(shape, env, {
    WEBHOOK_ALLOW_PRIVATE: on => (on ? 'webhooks must not reach private addresses in production' : null),
  });
  const mail: MailSettings =
    own.SENDGRID_API_KEY !== undefined
      ? { kind: 'sendgrid', apiKey: own.SENDGRID_API_KEY, baseUrl: own.SENDGRID_API_BASE ?? null }
      : own.SMTP_URL !== undefined
        ? { kind: 'smtp', url: own.SMTP_URL }
        : { kind: 'mailbox' };
  if (service.environment === 'production') {
    const missing = [
      ...(mail.kind === 'mailbox' ? ['SENDGRID_API_KEY or SMTP_URL'] : []),
      ...(['EMAIL_FROM', 'STOREFRONT_URL', 'NOTIFICATIONS_SECRET'] as const).filter(
        name => readSetting(name, env) === undefined,
      ),
    ];
    if (missing.length > 0)
      throw new Error(
        `bad configuration\n${missing.map(name => `  ${name}: is needed in production`).join('\n')}`,
      );
  }
  return {
    ...service,
    mail,
    emailFrom: own.EMAIL_FROM,
    sendgridWebhookPublicKey: own.SENDGRID_WEBHOOK_PUBLIC_KEY ?? null,
    storefrontUrl: own.STOREFRONT_URL,
    publicUrl: own.PUBLIC_URL ?? own.STOREFRONT_URL,
    // Outside production one secret less to invent; each use derives its own key from it.
    secret: own.NOTIFICATIONS_SECRET ?? service.internalTokenSecret,
    webhookAllowPrivate: own.WEBHOOK_ALLOW_PRIVATE,
  };
}
