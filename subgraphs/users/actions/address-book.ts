import { type Transaction } from '#platform/database.ts';
import { invalid, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { type Viewer } from '#platform/viewer.ts';

import { addressBookSize, chooseDefaults, cleanAddress } from '../domain/address.ts';
import { type CustomerRow, customerById } from '../store/customers.ts';
import { Address, Customer } from '../store/entities.ts';
import { type Parts } from './parts.ts';
import { lockViewer } from './sessions.ts';

type AddressInput = Parameters<typeof cleanAddress>[0];
type Wishes = {
  readonly defaultShipping?: boolean | null | undefined;
  readonly defaultBilling?: boolean | null | undefined;
};

/** Adds to the viewer's address book; the first address becomes both defaults. Throws ValidationError, also when the book is full. */
export async function addAddress(
  parts: Parts,
  viewer: Viewer,
  input: AddressInput,
  wishes: Wishes,
): Promise<CustomerRow> {
  const fields = cleanAddress(input);
  return changeBook(parts, viewer, async (tx, customer) => {
    const count = await tx.count(Address, { customerId: customer.id });
    if (count >= addressBookSize)
      throw invalid(`an address book holds ${addressBookSize} addresses`, undefined, 'ADDRESS_BOOK_FULL');
    const id = newId();
    tx.persist(tx.create(Address, { id, customerId: customer.id, ...fields }));
    // The address must be there before a default can point to it.
    await tx.flush();
    const first = count === 0 ? { defaultShipping: true, defaultBilling: true } : {};
    tx.assign(customer, chooseDefaults(customer, id, { ...first, ...given(wishes) }));
  });
}

/** Replaces an address of the viewer's. Throws NotFoundError, ValidationError. */
export async function updateAddress(
  parts: Parts,
  viewer: Viewer,
  { id, input }: { readonly id: string; readonly input: AddressInput },
  wishes: Wishes,
): Promise<CustomerRow> {
  const fields = cleanAddress(input);
  return changeBook(parts, viewer, async (tx, customer) => {
    const address = await tx.findOne(Address, { id, customerId: customer.id });
    if (!address) throw notFound('the address', 'id');
    tx.assign(address, fields);
    tx.assign(customer, chooseDefaults(customer, id, wishes));
  });
}

/** Removes an address of the viewer's; a default that it was is unset. Throws NotFoundError. */
export async function removeAddress(parts: Parts, viewer: Viewer, id: string): Promise<CustomerRow> {
  return changeBook(parts, viewer, async (tx, customer) => {
    tx.assign(customer, chooseDefaults(customer, id, { defaultShipping: false, defaultBilling: false }));
    const removed = await tx.nativeDelete(Address, { id, customerId: customer.id });
    if (removed === 0) throw notFound('the address', 'id');
  });
}

async function changeBook(
  parts: Parts,
  viewer: Viewer,
  change: (tx: Transaction, customer: Customer) => Promise<void>,
): Promise<CustomerRow> {
  return parts.db.transaction(async tx => {
    const { id, version } = await lockViewer(tx, viewer, parts.now());
    const customer = await tx.findOneOrFail(Customer, id);
    await change(tx, customer);
    tx.assign(customer, { version: version + 1 });
    await tx.flush();
    const after = await customerById(tx, id);
    if (!after) throw new Error('a locked customer disappeared');
    return after;
  });
}

function given(wishes: Wishes): Wishes {
  return Object.fromEntries(Object.entries(wishes).filter(([, wish]) => typeof wish === 'boolean'));
}
