import { z } from 'zod';

import { badInput } from '#platform/graphql-errors.ts';
import { connection, decodeCursor, encodeCursor, pageSize } from '#platform/pages.ts';
import { selects } from '#platform/selection.ts';

import { lookupEmail } from '../domain/email.ts';
import { allScopes } from '../domain/scopes.ts';
import { isPlain } from '../domain/text.ts';
import { recentApiKeys } from '../store/api-keys.ts';
import { findAudit } from '../store/audit-log.ts';
import { countCustomers, customerByEmail, customerOfSession, findCustomers } from '../store/customers.ts';
import { allRoles } from '../store/staff.ts';
import { uuidOf } from './ids.ts';
import { type QueryResolvers } from './schema.types.ts';

const idCursor = z.tuple([z.uuid()]);

export const query: QueryResolvers = {
  me: async (_root, _args, { viewer, db, parts, loaders }) => {
    if (viewer.kind !== 'customer' || viewer.id === null || viewer.sessionId === null) return null;
    const customer = await customerOfSession(db.em(), {
      customerId: viewer.id,
      sessionId: viewer.sessionId,
      now: parts.now(),
    });
    if (customer) loaders.customer.prime(customer.id, customer);
    return customer;
  },

  customer: (_root, { id, email }, { db, loaders }) => {
    if ((typeof id === 'string') === (typeof email === 'string'))
      throw badInput('"id" or "email" must be given, and not both');
    if (typeof email === 'string') return customerByEmail(db.em(), lookupEmail(email));
    const known = uuidOf(id);
    return known === null ? null : loaders.customer.load(known);
  },

  customers: async (_root, { first, after, search }, { db }, info) => {
    const size = pageSize(first);
    const cursor = decodeCursor(after, idCursor);
    const wanted =
      search === null || search === undefined ? '' : plain(search, 'search').normalize('NFC').trim();
    const by = { search: wanted || null, before: cursor?.[0] ?? null, limit: size + 1 };
    const [found, totalCount] = await Promise.all([
      findCustomers(db.em(), by),
      selects(info, 'totalCount') ? countCustomers(db.em(), by.search) : 0,
    ]);
    return { ...connection(found, size, row => encodeCursor([row.id]), after), totalCount };
  },

  roles: (_root, _args, { db }) => allRoles(db.em()),
  scopes: () => [...allScopes],
  apiKeys: (_root, _args, { db }) => recentApiKeys(db.em()),

  auditLog: async (_root, { first, after, entity, entityId, actor }, { db }) => {
    const size = pageSize(first);
    const cursor = decodeCursor(after, idCursor);
    const found = await findAudit(db.em(), {
      entity: entity ? plain(entity, 'entity') : null,
      entityId: entityId ? plain(entityId, 'entityId') : null,
      actor: actor ? plain(actor, 'actor') : null,
      before: cursor?.[0] ?? null,
      limit: size + 1,
    });
    return connection(found, size, row => encodeCursor([row.id]), after);
  },
};

/** Text that PostgreSQL can take, of a sane length. */
function plain(text: string, argument: string): string {
  if (text.length > 300 || !isPlain(text))
    throw badInput(`"${argument}" is too long or has control characters`);
  return text;
}
