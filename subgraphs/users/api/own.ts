import { type Viewer, isCustomer } from '#platform/viewer.ts';

import { type SignedIn } from '../actions/sessions.ts';
import { type CustomerRow } from '../store/customers.ts';
import { type Loaders } from './loaders.ts';

const justSignedIn = new WeakSet<CustomerRow>();

/** The answer of whatever signs in: in it, the one who asked is this customer. */
export async function signedIn(loaders: Loaders, work: Promise<SignedIn>): Promise<SignedIn> {
  const answer = await work;
  loaders.forget();
  justSignedIn.add(answer.customer);
  return answer;
}

/** The answer of whatever changes a customer. */
export async function changed(
  loaders: Loaders,
  work: Promise<CustomerRow>,
): Promise<{ customer: CustomerRow }> {
  const customer = await work;
  loaders.forget();
  return { customer };
}

/** Whether what is only the owner's may be shown. */
export function isOwn(customer: CustomerRow, viewer: Viewer): boolean {
  return isCustomer(viewer, customer.id) || justSignedIn.has(customer);
}
