import { type Viewer, hasScope } from '#platform/viewer.ts';

import { type Reader } from '../store/orders.ts';
import { hashOfToken } from './guest-token.ts';

/** What the store needs to know of the viewer to show or change an order: himself, his scope, his guest token. */
export function readerOf(
  viewer: Viewer,
  scope: 'orders:read' | 'orders:write',
  guestToken?: string | null,
): Reader {
  return {
    customerId: viewer.kind === 'customer' ? viewer.id : null,
    all: hasScope(viewer, scope),
    guestTokenHash: hashOfToken(guestToken),
  };
}
