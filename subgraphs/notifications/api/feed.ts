import { type Database } from '#platform/database.ts';
import { type Live } from '#platform/live.ts';
import { type PageInfo } from '#platform/pages.ts';

import { feedAfter, feedHead, type NotificationRow } from '../store/notifications.ts';

/** A page of a customer's feed; the unread are counted by the field that asks. */
export type FeedPage = {
  readonly customerId: string;
  readonly edges: readonly { readonly node: NotificationRow; readonly cursor: string }[];
  readonly pageInfo: PageInfo;
};

/** The live topic of a customer's feed. */
export const feedTopic = (customerId: string): string => `feed:${customerId}`;

/** The newest unread notification at once, if there is one, then every new one in order. */
export function followFeed(
  db: Database,
  live: Live,
  customerId: string,
): AsyncIterableIterator<NotificationRow> {
  let position: bigint | null = null;
  return live.follow([feedTopic(customerId)], async () => {
    if (position === null) {
      const head = await feedHead(db, customerId);
      ({ position } = head);
      return head.unread === null ? [] : [head.unread];
    }
    const fresh = await feedAfter(db, customerId, position);
    position = fresh.at(-1)?.feedPosition ?? position;
    return fresh;
  });
}
