import { type Database } from '#platform/database.ts';
import { type Service, type Shared, startSubgraph } from '#platform/subgraph.ts';
import { type Tracing } from '#platform/tracing.ts';

import { deliverDueWebhooks } from './actions/deliver-webhooks.ts';
import { createMailRenderer } from './actions/render-mail.ts';
import { sendDueMails } from './actions/send-mails.ts';
import { type Context } from './api/context.ts';
import { eventHandlers } from './api/event-handlers.ts';
import { feedTopic } from './api/feed.ts';
import { createLoaders } from './api/loaders.ts';
import { mailboxRoutes } from './api/mailbox-page.ts';
import { resolvers } from './api/resolvers.ts';
import { sendgridRoutes } from './api/sendgrid-webhook.ts';
import { unsubscribeRoutes } from './api/unsubscribe-page.ts';
import { webhookTypes } from './api/webhook-types.ts';
import { type MailTransport } from './clients/mail.ts';
import { createSendgridEvents } from './clients/sendgrid-events.ts';
import { createSendgrid } from './clients/sendgrid.ts';
import { createSmtp } from './clients/smtp.ts';
import { createWebhookClient } from './clients/webhook-receiver.ts';
import { type MailSettings, type NotificationsConfig } from './config.ts';
import { forgetFarewells } from './store/erasure.ts';
import { putIntoMailbox, trimMailbox } from './store/mailbox.ts';
import { forgetOldDeliveries } from './store/webhooks.ts';

/** Milliseconds between two looks for mails and deliveries that are due. */
const TURN_MS = 1_000;

/** Mail that stays here, readable at /mailbox. */
function createMailbox(db: Database): MailTransport {
  return {
    send: async mail => {
      await putIntoMailbox(db, mail);
      return { kind: 'accepted', providerId: null };
    },
    close: async () => {},
  };
}

function transportOf(mail: MailSettings, db: Database, tracing: Tracing): MailTransport {
  switch (mail.kind) {
    case 'sendgrid':
      return createSendgrid(mail, tracing);
    case 'smtp':
      return createSmtp(mail.url, tracing);
    case 'mailbox':
      return createMailbox(db);
  }
}

/** Starts the notifications subgraph. */
export function startNotifications(config: NotificationsConfig, shared: Shared): Promise<Service> {
  return startSubgraph<Context>({
    name: 'notifications',
    config,
    shared,
    entities: [],
    build: ({ db, live, log, metrics, tracing, wake }) => {
      const transport = transportOf(config.mail, db, tracing);
      const client = createWebhookClient({ allowPrivate: config.webhookAllowPrivate });
      const webhooks = {
        client,
        secret: config.secret,
        httpsOnly: config.environment === 'production',
        types: webhookTypes,
      };
      const mails = metrics.counter(
        'emails_total',
        'Mails by how sending them ended; repeated: a sender died before it could say.',
        ['template', 'outcome'],
      );
      const deliveries = metrics.counter(
        'webhook_deliveries_total',
        'Tries to deliver webhooks, by outcome.',
        ['outcome'],
      );
      for (const outcome of ['delivered', 'later', 'failed']) deliveries.inc({ outcome }, 0);
      const mailSender = {
        ...config,
        db,
        transport,
        log,
        render: createMailRenderer(),
        count: (template: string, outcome: string) => mails.inc({ template, outcome }),
      };
      const webhookSender = {
        db,
        client,
        log,
        secret: config.secret,
        count: (outcome: string) => deliveries.inc({ outcome }),
      };
      const reports =
        config.sendgridWebhookPublicKey === null
          ? null
          : createSendgridEvents(config.sendgridWebhookPublicKey);
      return {
        resolvers,
        context: request => ({
          ...request,
          loaders: createLoaders(db),
          webhooks,
          deliverSoon: () => wake('webhooks'),
        }),
        handlers: eventHandlers(config),
        observe: {
          types: ['notification.sent'],
          listener: ({ data }) => {
            const { customerId } = data as { readonly customerId: string | null };
            if (customerId !== null) live.signal(feedTopic(customerId));
          },
        },
        jobs: [
          { name: 'mails', everyMs: TURN_MS, run: () => sendDueMails(mailSender) },
          { name: 'webhooks', everyMs: TURN_MS, run: () => deliverDueWebhooks(webhookSender) },
          {
            name: 'forget',
            everyMs: 3_600_000,
            run: () => Promise.all([trimMailbox(db), forgetOldDeliveries(db), forgetFarewells(db)]),
          },
        ],
        routes: {
          ...unsubscribeRoutes(db, config.secret),
          ...sendgridRoutes(db, reports === null ? null : reports.read),
          ...(config.mail.kind === 'mailbox' && config.environment !== 'production' ? mailboxRoutes(db) : {}),
        },
        onStop: async () => {
          await transport.close();
          await client.close();
        },
      };
    },
  });
}
