import { forbidden } from '#platform/graphql-errors.ts';
import { type Viewer, isCustomer, ownsOr } from '#platform/viewer.ts';

import { type SignedIn } from '../actions/sessions.ts';
import { type CustomerRow } from '../store/customers.ts';
import { type Loaders } from './loaders.ts';

const justSignedIn = new WeakSet<CustomerRow>();
const withheld = new WeakSet<CustomerRow>();

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

/** The answer of what staff change: the right to change a customer is none to read one. */
export async function changedByStaff(
  loaders: Loaders,
  viewer: Viewer,
  work: Promise<CustomerRow>,
): Promise<{ customer: CustomerRow }> {
  const answer = await changed(loaders, work);
  if (!ownsOr(viewer, answer.customer.id, 'customers:read')) withheld.add(answer.customer);
  return answer;
}

/** Resolves something personal. Throws FORBIDDEN where it is withheld. */
export function personal<T>(read: (customer: CustomerRow) => T): (customer: CustomerRow) => T {
  return customer => {
    if (withheld.has(customer)) throw forbidden();
    return read(customer);
  };
}

/** Whether what is only the owner's may be shown. */
export function isOwn(customer: CustomerRow, viewer: Viewer): boolean {
  return isCustomer(viewer, customer.id) || justSignedIn.has(customer);
}
