import { type EntityManager } from '@mikro-orm/postgresql';

import { type Transaction, rows } from '#platform/database.ts';
import { reviewerIdOf } from '#platform/ids.ts';

import { type CustomerStatus, erasedEmail } from '../domain/account.ts';

/** A customer as resolvers see it. */
export type CustomerRow = {
  readonly id: string;
  readonly status: CustomerStatus;
  readonly suspensionReason: string | null;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly phone: string | null;
  readonly locale: string;
  readonly defaultShippingAddressId: string | null;
  readonly defaultBillingAddressId: string | null;
  readonly createdAt: Date;
  readonly version: number;
};

/** What signing in needs to know of an account. Erased ones have none. */
export type Credentials = { readonly id: string; readonly email: string; readonly passwordHash: string };

const columns = `c.id, c.status, c.suspension_reason as "suspensionReason", c.email, c.email_verified_at is not null as "emailVerified", c.first_name as "firstName", c.last_name as "lastName",
  c.phone, c.locale, c.default_shipping_address_id as "defaultShippingAddressId", c.default_billing_address_id as "defaultBillingAddressId",
  c.created_at as "createdAt", c.version`;

const alive = `exists (select 1 from sessions s where s.id = ? and s.customer_id = c.id and s.revoked_at is null and s.expires_at > ?)`;

/** Customers by id, in no particular order. */
export function customersByIds(em: EntityManager, ids: readonly string[]): Promise<CustomerRow[]> {
  return rows(em, `select ${columns} from customers c where c.id = any(?::uuid[])`, [ids]);
}

export async function customerById(em: EntityManager, id: string): Promise<CustomerRow | null> {
  const [found] = await customersByIds(em, [id]);
  return found ?? null;
}

/** By normalised address. */
export async function customerByEmail(em: EntityManager, email: string): Promise<CustomerRow | null> {
  const [found] = await rows<CustomerRow>(em, `select ${columns} from customers c where c.email = ?`, [
    email,
  ]);
  return found ?? null;
}

type SessionRef = { readonly customerId: string; readonly sessionId: string; readonly now: Date };

/** The customer of a session that still holds; null once it was revoked or has expired. */
export async function customerOfSession(em: EntityManager, ref: SessionRef): Promise<CustomerRow | null> {
  const [found] = await rows<CustomerRow>(
    em,
    `select ${columns} from customers c where c.id = ? and ${alive}`,
    [ref.customerId, ref.sessionId, ref.now],
  );
  return found ?? null;
}

/**
 * The same, locked until the transaction ends: whoever changes a customer waits here for his turn. The session is locked as well:
 * PostgreSQL looks again, after the wait, only at rows that the statement locks. Customer first, as everywhere.
 */
export async function lockCustomerOfSession(tx: Transaction, ref: SessionRef): Promise<CustomerRow | null> {
  const [found] = await rows<CustomerRow>(
    tx,
    `select ${columns} from customers c join sessions s on s.customer_id = c.id
     where c.id = ? and s.id = ? and s.revoked_at is null and s.expires_at > ? for update of c for share of s`,
    [ref.customerId, ref.sessionId, ref.now],
  );
  return found ?? null;
}

/** Locks a customer; null when there is none. */
export async function lockCustomer(tx: Transaction, id: string): Promise<CustomerRow | null> {
  const [found] = await rows<CustomerRow>(
    tx,
    `select ${columns} from customers c where c.id = ? for update of c`,
    [id],
  );
  return found ?? null;
}

/** Locks a customer whose password is still this one; null when it was replaced, or there is none. */
export async function lockByPassword(
  tx: Transaction,
  { id, passwordHash }: Credentials,
): Promise<CustomerRow | null> {
  const [found] = await rows<CustomerRow>(
    tx,
    `select ${columns} from customers c where c.id = ? and c.password_hash = ? for update of c`,
    [id, passwordHash],
  );
  return found ?? null;
}

/** Locks the customer who has this normalised address; null when there is none, or none any more. */
export async function lockByEmail(tx: Transaction, email: string): Promise<CustomerRow | null> {
  const [found] = await rows<CustomerRow>(
    tx,
    `select ${columns} from customers c where c.email = ? for update of c`,
    [email],
  );
  return found ?? null;
}

/** The password's hash by normalised address. */
export async function credentialsByEmail(em: EntityManager, email: string): Promise<Credentials | null> {
  const [found] = await rows<Credentials>(
    em,
    `select id, email, password_hash as "passwordHash" from customers where email = ? and status <> 'ERASED'`,
    [email],
  );
  return found ?? null;
}

/** The password's hash by customer. */
export async function credentialsById(em: EntityManager, id: string): Promise<Credentials | null> {
  const [found] = await rows<Credentials>(
    em,
    `select id, email, password_hash as "passwordHash" from customers where id = ? and status <> 'ERASED'`,
    [id],
  );
  return found ?? null;
}

type NewCustomer = {
  readonly id: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly locale: string;
  readonly verifiedAt: Date | null;
  readonly now: Date;
};

/** Null when the address has an account already. */
export async function insertCustomer(tx: Transaction, customer: NewCustomer): Promise<CustomerRow | null> {
  const [made] = await rows<CustomerRow>(
    tx,
    `insert into customers as c (id, email, password_hash, first_name, last_name, locale, email_verified_at, reviewer_id, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (email) do nothing returning ${columns}`,
    [
      customer.id,
      customer.email,
      customer.passwordHash,
      customer.firstName,
      customer.lastName,
      customer.locale,
      customer.verifiedAt,
      reviewerIdOf(customer.id),
      customer.now,
    ],
  );
  return made ?? null;
}

/** Sets the password; `verified` also records that the owner of the address did it. Null when the account is not to be used. */
export async function setPassword(
  tx: Transaction,
  id: string,
  passwordHash: string,
  verifiedAt: Date | null,
): Promise<CustomerRow | null> {
  const [changed] = await rows<CustomerRow>(
    tx,
    `update customers c set password_hash = ?, email_verified_at = coalesce(email_verified_at, ?::timestamptz), version = version + 1
     where id = ? and status = 'ACTIVE' returning ${columns}`,
    [passwordHash, verifiedAt, id],
  );
  return changed ?? null;
}

/** Sets a verified address; null when another account has it, or this one is not to be used. */
export async function setEmail(
  tx: Transaction,
  id: string,
  email: string,
  verifiedAt: Date,
): Promise<CustomerRow | null> {
  const [changed] = await rows<CustomerRow>(
    tx,
    `update customers c set email = $2, email_verified_at = $3, version = version + 1
     where id = $1 and status = 'ACTIVE' and not exists (select 1 from customers other where other.email = $2) returning ${columns}`,
    [id, email, verifiedAt],
  );
  return changed ?? null;
}

/** Whether an error says that two accounts would have the same address. */
export function isEmailTaken(error: unknown): boolean {
  return (error as { code?: string }).code === '23505';
}

/** Suspends a locked customer for a reason; null as reason reinstates. */
export async function setSuspended(tx: Transaction, id: string, reason: string | null): Promise<CustomerRow> {
  const [changed] = await rows<CustomerRow>(
    tx,
    `update customers c set status = case when $2::text is null then 'ACTIVE' else 'SUSPENDED' end, suspension_reason = $2,
       version = version + 1 where id = $1 returning ${columns}`,
    [id, reason],
  );
  if (!changed) throw new Error('a locked customer disappeared');
  return changed;
}

/** Deletes everything personal of a locked customer; the row stays for its id. Answers its new version. */
export async function eraseCustomer(tx: Transaction, id: string): Promise<number> {
  await rows(
    tx,
    `with a as (delete from sessions where customer_id = $1), b as (delete from one_time_tokens where customer_id = $1),
       c as (delete from staff_roles where customer_id = $1)
     delete from addresses where customer_id = $1`,
    [id],
  );
  const [erased] = await rows<{ version: number }>(
    tx,
    `update customers set status = 'ERASED', suspension_reason = null, email = ?, email_verified_at = null, password_hash = '$argon2id$erased',
       first_name = null, last_name = null, phone = null, locale = 'en', version = version + 1 where id = ? returning version`,
    [erasedEmail(id), id],
  );
  if (!erased) throw new Error('a locked customer disappeared');
  return erased.version;
}

/** Records that the address is the customer's; null when there is no such customer. */
export async function setVerified(tx: Transaction, id: string, now: Date): Promise<CustomerRow | null> {
  const [changed] = await rows<CustomerRow>(
    tx,
    `update customers c set email_verified_at = coalesce(email_verified_at, ?), version = version + 1 where id = ? returning ${columns}`,
    [now, id],
  );
  return changed ?? null;
}

type Search = { readonly search: string | null; readonly before: string | null; readonly limit: number };

// The planner may then use the trigram index; with `or search is null` in the statement it could not.
const matching = (search: string | null): string => (search === null ? 'true' : `c.search_text like ?`);
const pattern = (search: string): string => `%${search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;

/** Newest first, below the id `before`. */
export function findCustomers(em: EntityManager, { search, before, limit }: Search): Promise<CustomerRow[]> {
  return rows(
    em,
    `select ${columns} from customers c where ${matching(search)} ${before === null ? '' : 'and c.id < ?'} order by c.id desc limit ?`,
    [...(search === null ? [] : [pattern(search)]), ...(before === null ? [] : [before]), limit],
  );
}

/** How many customers match. */
export async function countCustomers(em: EntityManager, search: string | null): Promise<number> {
  const [found] = await rows<{ count: number }>(
    em,
    `select count(*)::int as count from customers c where ${matching(search)}`,
    search === null ? [] : [pattern(search)],
  );
  return found?.count ?? 0;
}

export type ReviewerRow = {
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
};

/** Reviewers by their own ids. */
export function reviewersByIds(em: EntityManager, ids: readonly string[]): Promise<ReviewerRow[]> {
  return rows(
    em,
    'select reviewer_id as id, first_name as "firstName", last_name as "lastName" from customers where reviewer_id = any(?::uuid[])',
    [ids],
  );
}

export type AddressRow = {
  readonly id: string;
  readonly customerId: string;
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string;
  readonly country: string;
  readonly phone: string | null;
};

/** The address books of customers, oldest first. */
export function addressesByCustomers(
  em: EntityManager,
  customerIds: readonly string[],
): Promise<AddressRow[]> {
  return rows(
    em,
    `select id, customer_id as "customerId", name, line1, line2, city, region, postal_code as "postalCode", country, phone
     from addresses where customer_id = any(?::uuid[]) order by id`,
    [customerIds],
  );
}
