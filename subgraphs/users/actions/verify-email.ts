import { sha256 } from '#platform/ids.ts';
import { type Viewer } from '#platform/viewer.ts';

import { audit } from '../store/audit-log.ts';
import { type CustomerRow, isEmailTaken, setVerified } from '../store/customers.ts';
import { takeEmailToken } from '../store/one-time-tokens.ts';
import { changeEmail } from './change-email.ts';
import { sendToken } from './mail-tokens.ts';
import { type Client, type Parts } from './parts.ts';
import { lockViewer, sessionOf } from './sessions.ts';
import { tokenInvalid } from './set-password.ts';
import { blockedUntil, throttleNetwork } from './throttle.ts';

/** Verifies an address with the token from the mail, the account's own or a new one. Throws RATE_LIMITED and ValidationError TOKEN_INVALID. */
export async function verifyEmail(parts: Parts, token: string, client: Client): Promise<CustomerRow> {
  await throttleNetwork(parts, 'tokenPerAddress', client);
  const verified = parts.db.transaction(async tx => {
    const now = parts.now();
    const taken = await takeEmailToken(tx, sha256(token.slice(0, 200)), now);
    if (!taken) throw tokenInvalid();
    const { customerId, newEmail } = taken;
    const customer =
      newEmail === null
        ? await setVerified(tx, customerId, now)
        : await changeEmail(tx, parts, { customerId, newEmail });
    if (!customer) throw tokenInvalid();
    if (newEmail !== null) return customer;
    await audit(tx, {
      at: now,
      actor: `customer:${customer.id}`,
      action: 'customer.email_verified',
      entity: 'Customer',
      entityIds: [customer.id],
    });
    return customer;
  });
  return verified.catch((error: unknown) => {
    // Somebody has registered with the new address in this very moment.
    throw isEmailTaken(error) ? tokenInvalid() : error;
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
