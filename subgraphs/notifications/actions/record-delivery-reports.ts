import { type Database } from '#platform/database.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { mailById, moveMail, settleSent } from '../store/notifications.ts';
import { liftBounce, suppress } from '../store/recipients.ts';

/** What the mail provider says about a mail. `complained`: the recipient called it spam. */
export type DeliveryReport = {
  readonly notificationId: string;
  readonly what: 'delivered' | 'bounced' | 'blocked' | 'complained';
};

/** Writes down what became of mails. Late and repeated reports change nothing. */
export async function recordDeliveryReports(db: Database, reports: readonly DeliveryReport[]): Promise<void> {
  for (const report of reports) await record(db, report);
}

async function record(db: Database, { notificationId: id, what }: DeliveryReport): Promise<void> {
  await db.transaction(async tx => {
    // A report comes only of what was sent: sending it again would be the mail's second time.
    const sent = await settleSent(tx, id);
    if (sent !== null) {
      const told = { notificationId: id, ...sent };
      await announce(tx, event('notification.sent', { type: 'Notification', id }, told));
    }
    if (what === 'delivered') {
      const mail = await moveMail(tx, id, 'DELIVERED');
      // Account mail is sent to bounced addresses too: when it arrives, the address works again.
      if (mail !== null) await liftBounce(tx, mail.email);
      return;
    }
    if (what === 'complained') {
      const mail = await mailById(tx, id);
      if (mail !== null) await suppress(tx, mail.email, { topic: '*', reason: 'COMPLAINT' });
      return;
    }
    const mail = await moveMail(tx, id, 'BOUNCED');
    if (mail === null) return;
    // A blocked mail may get through another day; an address that does not exist never will.
    if (what === 'bounced') await suppress(tx, mail.email, { topic: '*', reason: 'BOUNCE' });
    const told = {
      notificationId: id,
      template: mail.template,
      orderId: mail.orderId,
      customerId: mail.customerId,
    };
    await announce(tx, event('notification.bounced', { type: 'Notification', id }, told));
  });
}
