import { type Viewer } from '#platform/viewer.ts';

import { type Parts } from './parts.ts';
import { endSessions, sessionOf } from './sessions.ts';

/** Ends the viewer's session, or all of the customer's. True when something was ended. */
export async function signOut(parts: Parts, viewer: Viewer, everywhere: boolean): Promise<boolean> {
  const { customerId, sessionId } = sessionOf(viewer);
  const which = { customerId, sessionId: everywhere ? null : sessionId };
  return (await parts.db.transaction(tx => endSessions(tx, parts, which, 'session.signed_out'))) > 0;
}

/** Ends one session of the viewer's; false when it is not theirs or has ended before. */
export async function revokeSession(parts: Parts, viewer: Viewer, sessionId: string): Promise<boolean> {
  const { customerId } = sessionOf(viewer);
  return (
    (await parts.db.transaction(tx => endSessions(tx, parts, { customerId, sessionId }, 'session.revoked'))) >
    0
  );
}
