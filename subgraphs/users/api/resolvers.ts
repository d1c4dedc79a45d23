import { answer } from '#platform/answer.ts';
import { invalid, notFound } from '#platform/errors.ts';
import { ownsOr } from '#platform/viewer.ts';

import { addAddress, removeAddress, updateAddress } from '../actions/address-book.ts';
import { createApiKey, revokeApiKey } from '../actions/api-keys.ts';
import { requestEmailChange } from '../actions/change-email.ts';
import { deleteAccount } from '../actions/delete-account.ts';
import { refreshTokens } from '../actions/refresh-tokens.ts';
import { register } from '../actions/register.ts';
import { changePassword, requestPasswordReset, resetPassword } from '../actions/set-password.ts';
import { signIn } from '../actions/sign-in.ts';
import { revokeSession, signOut } from '../actions/sign-out.ts';
import { setStaffRoles, upsertRole } from '../actions/staff.ts';
import { reinstateCustomer, suspendCustomer } from '../actions/suspend-customer.ts';
import { updateCustomer } from '../actions/update-customer.ts';
import { requestEmailVerification, verifyEmail } from '../actions/verify-email.ts';
import { displayName, reviewerName } from '../domain/profile.ts';
import { atLeast } from './at-least.ts';
import { uuidOf } from './ids.ts';
import { changed, changedByStaff, isOwn, personal, signedIn } from './own.ts';
import { query } from './queries.ts';
import { type Resolvers } from './schema.types.ts';

/** Longer than asking for a mail takes when there is an account: both cases answer after as much. */
const MAIL_REQUEST_MS = 150;

export const resolvers: Resolvers = {
  Query: query,

  Mutation: {
    register: (_root, { input }, { parts, loaders, client }, info) =>
      answer(info, 'SignInSuccess', () => signedIn(loaders, register(parts, input, client))),
    signIn: (_root, credentials, { parts, loaders, client }, info) =>
      answer(info, 'SignInSuccess', () => signedIn(loaders, signIn(parts, credentials, client))),
    refreshTokens: (_root, { refreshToken }, { parts, loaders, client }, info) =>
      answer(info, 'SignInSuccess', () => signedIn(loaders, refreshTokens(parts, refreshToken, client))),
    signOut: (_root, { everywhere }, { parts, viewer }) => signOut(parts, viewer, everywhere === true),
    sessionRevoke: async (_root, { id }, { parts, viewer }) => {
      const sessionId = uuidOf(id);
      return sessionId !== null && (await revokeSession(parts, viewer, sessionId));
    },
    passwordResetRequest: async (_root, { email }, { parts, client }) => {
      await atLeast(MAIL_REQUEST_MS, () => requestPasswordReset(parts, email, client));
      return true;
    },
    passwordReset: (_root, input, { parts, loaders, client }, info) =>
      answer(info, 'SignInSuccess', () => signedIn(loaders, resetPassword(parts, input, client))),
    passwordChange: (_root, input, { parts, viewer, loaders, client }, info) =>
      answer(info, 'SignInSuccess', () => signedIn(loaders, changePassword(parts, viewer, input, client))),
    emailVerificationRequest: async (_root, _args, { parts, viewer }) => {
      await requestEmailVerification(parts, viewer);
      return true;
    },
    emailVerify: (_root, { token }, { parts, loaders, client }, info) =>
      answer(info, 'CustomerSuccess', () => changed(loaders, verifyEmail(parts, token, client))),
    emailChangeRequest: (_root, input, { parts, viewer, client }, info) =>
      answer(info, 'EmailChangeRequested', () =>
        atLeast(MAIL_REQUEST_MS, () => requestEmailChange(parts, viewer, input, client)),
      ),
    accountDelete: (_root, { currentPassword }, { parts, viewer, client, loaders }, info) =>
      answer(info, 'AccountDeleted', async () => {
        const gone = await deleteAccount(parts, viewer, currentPassword, client);
        loaders.forget();
        return gone;
      }),
    customerSuspend: (_root, { id, reason }, { parts, viewer, loaders }, info) =>
      answer(info, 'CustomerSuccess', async () =>
        changedByStaff(
          loaders,
          viewer,
          suspendCustomer(parts, viewer, { id: idOr(id, 'the customer', 'id'), reason }),
        ),
      ),
    customerReinstate: (_root, { id }, { parts, viewer, loaders }, info) =>
      answer(info, 'CustomerSuccess', async () =>
        changedByStaff(loaders, viewer, reinstateCustomer(parts, viewer, idOr(id, 'the customer', 'id'))),
      ),
    customerUpdate: (_root, { input }, { parts, viewer, loaders }, info) =>
      answer(info, 'CustomerSuccess', () => changed(loaders, updateCustomer(parts, viewer, input))),
    addressAdd: (_root, { input, ...wishes }, { parts, viewer, loaders }, info) =>
      answer(info, 'CustomerSuccess', () => changed(loaders, addAddress(parts, viewer, input, wishes))),
    addressUpdate: (_root, { id, input, ...wishes }, { parts, viewer, loaders }, info) =>
      answer(info, 'CustomerSuccess', async () => {
        const change = { id: idOr(id, 'the address', 'id'), input };
        return changed(loaders, updateAddress(parts, viewer, change, wishes));
      }),
    addressRemove: (_root, { id }, { parts, viewer, loaders }, info) =>
      answer(info, 'CustomerSuccess', async () =>
        changed(loaders, removeAddress(parts, viewer, idOr(id, 'the address', 'id'))),
      ),
    apiKeyCreate: (_root, { name, scopes, expiresAt }, { parts, viewer }, info) =>
      answer(info, 'ApiKeyCreated', () =>
        createApiKey(parts, viewer, { name, scopes, expiresAt: expiresAt ?? null }),
      ),
    apiKeyRevoke: async (_root, { id }, { parts, viewer }) => {
      const key = uuidOf(id);
      return key !== null && (await revokeApiKey(parts, viewer, key));
    },
    roleUpsert: (_root, input, { parts, viewer }, info) =>
      answer(info, 'RoleSuccess', async () => ({ role: await upsertRole(parts, viewer, input) })),
    staffRolesSet: (_root, { customerId, roleIds }, { parts, viewer, loaders }, info) =>
      answer(info, 'CustomerSuccess', async () => {
        if (roleIds.length > 50) throw invalid('at most 50 roles', 'roleIds', 'TOO_MANY');
        const change = {
          customerId: idOr(customerId, 'the customer', 'customerId'),
          roleIds: roleIds.map(id => idOr(id, 'one of the roles', 'roleIds')),
        };
        return changedByStaff(loaders, viewer, setStaffRoles(parts, viewer, change));
      }),
  },

  Customer: {
    __resolveReference: (reference, { viewer, loaders }) => {
      const id = uuidOf(reference.id);
      return id !== null && ownsOr(viewer, id, 'customers:read') ? loaders.customer.load(id) : null;
    },
    status: customer => customer.status,
    email: personal(customer => customer.email),
    displayName: personal(displayName),
    firstName: personal(customer => customer.firstName),
    lastName: personal(customer => customer.lastName),
    phone: personal(customer => customer.phone),
    addresses: (customer, _args, { viewer, loaders }) =>
      isOwn(customer, viewer) ? loaders.addresses.load(customer.id) : [],
    defaultShippingAddress: async (customer, _args, { viewer, loaders }) =>
      isOwn(customer, viewer)
        ? byId(await loaders.addresses.load(customer.id), customer.defaultShippingAddressId)
        : null,
    defaultBillingAddress: async (customer, _args, { viewer, loaders }) =>
      isOwn(customer, viewer)
        ? byId(await loaders.addresses.load(customer.id), customer.defaultBillingAddressId)
        : null,
    sessions: (customer, _args, { viewer, loaders }) =>
      isOwn(customer, viewer) ? loaders.sessions.load(customer.id) : [],
    roles: (customer, _args, { loaders }) => loaders.roles.load(customer.id),
  },

  Session: {
    current: (session, _args, { viewer }) => session.id === viewer.sessionId,
  },

  Reviewer: {
    __resolveReference: ({ id }, { loaders }) => {
      const known = uuidOf(id);
      return known === null ? null : loaders.reviewer.load(known);
    },
    displayName: reviewer => reviewerName(reviewer),
  },
};

function byId<R extends { readonly id: string }>(rows: readonly R[], id: string | null): R | null {
  return rows.find(row => row.id === id) ?? null;
}

function idOr(text: string, what: string, field: string): string {
  const id = uuidOf(text);
  if (id === null) throw notFound(what, field);
  return id;
}
