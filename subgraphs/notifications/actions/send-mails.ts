import { withAmbient } from '#platform/ambient.ts';
import { type Database } from '#platform/database.ts';
import { type Logger } from '#platform/log.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { type MailTransport } from '../clients/mail.ts';
import { nextAttempt } from '../domain/backoff.ts';
import { type Template } from '../domain/notification.ts';
import { claimDueMails, finishMail, postponeMail, type DueMail } from '../store/notifications.ts';
import { type MailRenderer } from './render-mail.ts';
import { unsubscribeToken } from './unsubscribe.ts';

export type MailSender = {
  readonly db: Database;
  readonly transport: MailTransport;
  readonly render: MailRenderer;
  readonly log: Logger;
  readonly emailFrom: string;
  readonly publicUrl: string;
  readonly secret: string;
  /** Counts how sending ended: sent, failed, later, repeated (a sender died in between, so the mail may have gone out twice). */
  readonly count: (template: Template, outcome: 'sent' | 'failed' | 'later' | 'repeated') => void;
};

/** Mails sent at the same time. */
const BATCH = 20;

/** Sends everything that is due; answers how many mails were tried. */
export async function sendDueMails(sender: MailSender): Promise<number> {
  let tried = 0;
  for (;;) {
    const due = await claimDueMails(sender.db, BATCH);
    await Promise.all(due.map(mail => inItsTrace(mail, () => sendMail(sender, mail))));
    tried += due.length;
    if (due.length < BATCH) return tried;
  }
}

/** What is done for a mail follows from what it was written because of. */
function inItsTrace<T>({ correlationId, traceparent, eventId }: DueMail, run: () => Promise<T>): Promise<T> {
  const around = { causationId: eventId, actor: null, traceparent, origin: 'job' } as const;
  return withAmbient({ ...around, correlationId: correlationId ?? eventId }, run);
}

/** The sender's display name, which heads the mail. */
const shopName = (from: string): string => /^"?([^"<]*?)"?\s*</.exec(from)?.[1]?.trim() || 'Shop';

async function sendMail(sender: MailSender, mail: DueMail): Promise<void> {
  if (mail.abandoned) sender.count(mail.template, 'repeated');
  const now = new Date();
  if (mail.usefulUntil !== null && mail.usefulUntil <= now)
    return fail(sender, mail, 'too late to be useful');
  const unsubscribeUrl =
    mail.topic === 'account'
      ? null
      : `${sender.publicUrl}/unsubscribe?token=${unsubscribeToken(mail.id, sender.secret)}`;
  const rendered = await sender.render({
    letter: mail.letter,
    shop: shopName(sender.emailFrom),
    unsubscribeUrl,
  });
  // RFC 8058: mail programs show a button that unsubscribes with one POST.
  const headers: Record<string, string> =
    unsubscribeUrl === null
      ? {}
      : { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  const outcome = await sender.transport.send({
    id: mail.id,
    from: sender.emailFrom,
    to: mail.email,
    headers,
    ...rendered,
  });
  switch (outcome.kind) {
    case 'accepted': {
      const told = {
        notificationId: mail.id,
        template: mail.template,
        orderId: mail.orderId,
        customerId: mail.customerId,
      };
      await sender.db.transaction(async tx => {
        if (!(await finishMail(tx, mail, { status: 'SENT', providerId: outcome.providerId, error: null })))
          return;
        await announce(tx, event('notification.sent', { type: 'Notification', id: mail.id }, told));
      });
      sender.count(mail.template, 'sent');
      return;
    }
    case 'refused':
      return fail(sender, mail, outcome.reason);
    case 'later': {
      const at = nextAttempt({
        kind: 'mail',
        attempts: mail.attempts,
        createdAt: mail.createdAt,
        now,
        jitter: Math.random(),
      });
      if (at === null) return fail(sender, mail, outcome.reason);
      await postponeMail(sender.db, mail, at, outcome.reason);
      sender.count(mail.template, 'later');
      sender.log.warn(
        { notificationId: mail.id, attempts: mail.attempts, reason: outcome.reason },
        'mail not sent; it is tried again',
      );
    }
  }
}

async function fail(sender: MailSender, mail: DueMail, reason: string): Promise<void> {
  await sender.db.transaction(tx =>
    finishMail(tx, mail, { status: 'FAILED', providerId: null, error: reason }),
  );
  sender.count(mail.template, 'failed');
  sender.log.error({ notificationId: mail.id, attempts: mail.attempts, reason }, 'mail given up');
}
