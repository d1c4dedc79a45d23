import { type Viewer } from '#platform/viewer.ts';

import { type Parts } from './parts.ts';
import { endSessions, lockViewer, sessionOf } from './sessions.ts';

/**
 * Ends the viewer's session, or all of the customer's. True when something was ended. Throws UNAUTHENTICATED where an ended session
 * would end others.
 */
export async function signOut(parts: Parts, viewer: Viewer, everywhere: boolean): Promise<boolean> {
  const { customerId, sessionId } = sessionOf(viewer);
  const which = { customerId, sessionId: everywhere ? null : sessionId };
  const ended = await parts.db.transaction(async tx => {
    if (everywhere) await lockViewer(tx, viewer, parts.now());
    return endSessions(tx, parts, which, 'session.signed_out');
  });
  return ended > 0;
}

/** Ends one session of the viewer's; false when it is not theirs or has ended before. Throws UNAUTHENTICATED. */
export async function revokeSession(parts: Parts, viewer: Viewer, sessionId: string): Promise<boolean> {
  const { customerId } = sessionOf(viewer);
  const ended = await parts.db.transaction(async tx => {
    await lockViewer(tx, viewer, parts.now());
    return endSessions(tx, parts, { customerId, sessionId }, 'session.revoked');
  });
  return ended > 0;
}
