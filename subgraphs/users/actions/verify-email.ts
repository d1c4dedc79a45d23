import { sha256 } from '#platform/ids.ts';
import { type Viewer } from '#platform/viewer.ts';

import { audit } from '../store/audit-log.ts';
import { type CustomerRow, setVerified } from '../store/customers.ts';
import { takeToken } from '../store/one-time-tokens.ts';
import { sendToken } from './mail-tokens.ts';
import { type Client, type Parts } from './parts.ts';
import { lockViewer, sessionOf } from './sessions.ts';
import { tokenInvalid } from './set-password.ts';
import { blockedUntil, throttleNetwork } from './throttle.ts';

/** Verifies an address with the token from the mail. Throws RATE_LIMITED and ValidationError TOKEN_INVALID. */
export async function verifyEmail(parts: Parts, token: string, client: Client): Promise<CustomerRow> {
  await throttleNetwork(parts, 'tokenPerAddress', client);
  return parts.db.transaction(async tx => {
    const now = parts.now();
    const customerId = await takeToken(tx, 'VERIFY_EMAIL', sha256(token.slice(0, 200)), now);
    const customer = customerId === null ? null : await setVerified(tx, customerId, now);
    if (!customer) throw tokenInvalid();
    await audit(tx, {
      at: now,
      actor: `customer:${customer.id}`,
      action: 'customer.email_verified',
      entity: 'Customer',
      entityIds: [customer.id],
    });
    return customer;
  });
}

/** Sends the viewer's verification mail again, unless the address is verified or too many were sent. */
export async function requestEmailVerification(parts: Parts, viewer: Viewer): Promise<void> {
  const { customerId } = sessionOf(viewer);
  const blocked = await blockedUntil(
    parts,
    `mailPerAccount:verify:${customerId}`,
    parts.settings.limits?.mailPerAccount,
  );
  if (blocked) return;
  await parts.db.transaction(async tx => {
    const customer = await lockViewer(tx, viewer, parts.now());
    if (!customer.emailVerified) await sendToken(tx, parts, customer, 'VERIFY_EMAIL');
  });
}
