import { type Viewer, isCustomer } from '#platform/viewer.ts';

import { type SignedIn } from '../actions/sessions.ts';
import { type CustomerRow } from '../store/customers.ts';

const justSignedIn = new WeakSet<CustomerRow>();

/** Marks the customer of an answer that signs in: in the same answer, the one who asked is this customer. */
export function own(answer: SignedIn): SignedIn {
  justSignedIn.add(answer.customer);
  return answer;
}

/** Whether what is only the owner's may be shown. */
export function isOwn(customer: CustomerRow, viewer: Viewer): boolean {
  return isCustomer(viewer, customer.id) || justSignedIn.has(customer);
}
