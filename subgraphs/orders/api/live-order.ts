import { notFound } from '#platform/errors.ts';

import { orderTopic } from '../actions/await-checkout.ts';
import { readerOf } from '../actions/reader.ts';
import { statesAfter } from '../store/order-parts.ts';
import { type OrderRow, findOrder } from '../store/orders.ts';
import { type Context } from './context.ts';

/**
 * An order's present state at once, then every state it goes through, in order and none skipped: read from its history,
 * so that two quick changes are two values. Throws NotFoundError when the viewer may not see the order.
 */
export async function followOrder(
  { db, live, viewer }: Context,
  id: string,
  guestToken: string | null | undefined,
): Promise<AsyncIterableIterator<OrderRow>> {
  const reader = readerOf(viewer, 'orders:read', guestToken);
  const byGuestToken = guestToken != null;
  const look = async (): Promise<OrderRow> => {
    const order = await findOrder(db.em(), { id }, reader);
    if (!order) throw notFound('the order', 'id');
    return { ...order, byGuestToken: byGuestToken && order.customerId === null };
  };
  const { id: orderId } = await look();
  let seen = 0;
  return live.follow([orderTopic(orderId)], async () => {
    const states = await statesAfter(db.em(), orderId, seen);
    // At first only where the order stands now; its past is in the timeline.
    const news = seen === 0 ? states.slice(-1) : states;
    if (news.length === 0) return [];
    const order = await look();
    seen = states.at(-1)?.seq ?? seen;
    return news.map(({ status, version }) => ({ ...order, status, version }));
  });
}
