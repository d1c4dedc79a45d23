/** How a person is reached. */
export const channels = ['EMAIL', 'IN_APP'] as const;
export type Channel = (typeof channels)[number];

/** What a notification goes through. In-app ones are SENT at once. */
export const notificationStatuses = [
  'QUEUED',
  'SENT',
  'DELIVERED',
  'BOUNCED',
  'SUPPRESSED',
  'FAILED',
] as const;
export type NotificationStatus = (typeof notificationStatuses)[number];

/** Subjects that people switch on and off. */
export const topics = ['account', 'orders', 'shipping', 'marketing'] as const;
export type Topic = (typeof topics)[number];

/** Every message that the shop writes, and the topic under which people switch it off. */
export const templateTopics = {
  'verify-email': 'account',
  'password-reset': 'account',
  'email-change': 'account',
  'email-changed': 'account',
  'account-deleted': 'account',
  'order-placed': 'orders',
  'order-failed': 'orders',
  'payment-failed': 'orders',
  'order-cancelled': 'orders',
  'order-refunded': 'orders',
  'order-shipped': 'shipping',
  'order-delivered': 'shipping',
  'return-received': 'orders',
  'return-rejected': 'orders',
} as const satisfies Record<string, Topic>;
export type Template = keyof typeof templateTopics;
export const templates = Object.keys(templateTopics) as readonly Template[];

/** Where a status may go from where it is. Nothing else moves a notification. */
const next: Record<NotificationStatus, readonly NotificationStatus[]> = {
  QUEUED: ['SENT', 'SUPPRESSED', 'FAILED'],
  SENT: ['DELIVERED', 'BOUNCED', 'SUPPRESSED'],
  // A mailbox may take a mail and send it back later.
  DELIVERED: ['BOUNCED'],
  BOUNCED: [],
  SUPPRESSED: [],
  FAILED: [],
};

/** Whether a notification may move; late and repeated reports of the mail provider may not. */
export function mayBecome(from: NotificationStatus, to: NotificationStatus): boolean {
  return next[from].includes(to);
}

/** The statuses from which `to` can be reached: the condition of the compare-and-set in SQL. */
export function before(to: NotificationStatus): readonly NotificationStatus[] {
  return notificationStatuses.filter(from => mayBecome(from, to));
}

/**
 * What makes a notification the same one: a template is told once per event, channel and recipient.
 * E-mail addresses are compared without regard to case; in the app the customer is the recipient.
 */
export function dedupeRecipient(channel: Channel, email: string, customerId: string | null): string {
  return channel === 'IN_APP' && customerId !== null ? customerId : email.trim().toLowerCase();
}
