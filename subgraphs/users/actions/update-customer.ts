import { announce } from '#platform/outbox.ts';
import { type Viewer } from '#platform/viewer.ts';
import { event } from '#schema/events.ts';

import { changeProfile } from '../domain/profile.ts';
import { type CustomerRow, customerById } from '../store/customers.ts';
import { Customer } from '../store/entities.ts';
import { recipientOf } from './mail-tokens.ts';
import { type Parts } from './parts.ts';
import { lockViewer } from './sessions.ts';

/** Changes the viewer's profile. Throws ValidationError and, when `expectedVersion` is not the current one, ConflictError. */
export async function updateCustomer(
  parts: Parts,
  viewer: Viewer,
  input: Parameters<typeof changeProfile>[1],
): Promise<CustomerRow> {
  return parts.db.transaction(async tx => {
    const before = await lockViewer(tx, viewer, parts.now());
    const changes = changeProfile(before, input);
    const customer = await tx.findOneOrFail(Customer, before.id);
    tx.assign(customer, { ...changes, version: before.version + 1 });
    await tx.flush();
    const after = await customerById(tx, before.id);
    if (!after) throw new Error('a locked customer disappeared');
    const data = { customerId: after.id, recipient: recipientOf(after), version: after.version };
    await announce(tx, event('customer.updated', { type: 'Customer', id: after.id }, data));
    return after;
  });
}
