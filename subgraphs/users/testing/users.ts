import { jwtVerify } from 'jose';

import { randomToken } from '#platform/ids.ts';
import { ed25519FromSecret, jwkOf, keyPurposes } from '#platform/keys.ts';
import { type TestSubgraph, testSubgraph } from '#platform/testing/subgraph.ts';
import { type Viewer } from '#platform/viewer.ts';
import { catalogue } from '#schema/catalogue.ts';

import { type Settings } from '../actions/parts.ts';
import { startUsers } from '../service.ts';

export const password = 'correct-horse-battery-staple';
const minute = 60_000;
const plenty = { limit: 10_000, windowMs: minute };

export const limits: NonNullable<Settings['limits']> = {
  signInPerAccount: { limit: 5, windowMs: 15 * minute },
  signInPerAddress: plenty,
  registerPerAddress: plenty,
  mailPerAccount: plenty,
  tokenPerAddress: plenty,
  refreshPerAddress: plenty,
};

export type TestUsers = TestSubgraph & {
  /** Moves the service's clock on. */
  pass(ms: number): void;
  /** Registers and answers the viewer that the router would make of the access token. */
  customer(input?: Record<string, unknown>): Promise<Registered>;
  /** The bootstrapped staff account, signed in. */
  staff(): Promise<Registered>;
  viewerOf(accessToken: string): Promise<Viewer>;
};

export type Registered = {
  readonly id: string;
  readonly email: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly viewer: Viewer;
};

const tokens =
  'tokens { accessToken refreshToken expiresIn } customer { id email displayName emailVerified }';
export const registerDocument = `mutation ($input: RegisterInput!) { register(input: $input) { ... on SignInSuccess { ${tokens} } ... on UserError { __typename code message field } } }`;
export const signInDocument = `mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { ... on SignInSuccess { ${tokens} } ... on AccountLockedError { until } ... on UserError { __typename code message field } } }`;

const signing = ed25519FromSecret(randomToken(32), keyPurposes.accessToken);

/** Starts users with a clock of its own and the given limits. */
export async function testUsers(
  over: Partial<NonNullable<Settings['limits']>> | null = {},
): Promise<TestUsers> {
  let ahead = 0;
  let count = 0;
  const sub = await testSubgraph({
    name: 'users',
    catalogue,
    start: (settings, shared) =>
      startUsers(
        {
          ...settings,
          users: {
            accessTokenMs: 15 * minute,
            refreshTokenMs: 168 * 60 * minute,
            sessionMs: 30 * 24 * 60 * minute,
            verificationMs: 24 * 60 * minute,
            resetMs: 60 * minute,
            limits: over === null ? null : { ...limits, ...over },
          },
          signingKey: signing,
          formerKeys: [jwkOf(ed25519FromSecret(randomToken(32), keyPurposes.accessToken).publicKey)],
          firstStaff: { email: 'staff@example.com', password },
          hashConcurrency: 4,
        },
        shared,
        () => new Date(Date.now() + ahead),
      ),
  });

  const viewerOf = async (accessToken: string): Promise<Viewer> => {
    const { payload } = await jwtVerify(accessToken, signing.publicKey, {
      currentDate: new Date(Date.now() + ahead),
      typ: 'at+jwt',
      issuer: 'shop',
      audience: 'shop',
    });
    return {
      kind: 'customer',
      id: payload.sub ?? null,
      sessionId: payload['sid'] as string,
      scopes: payload['scopes'] as string[],
    };
  };
  const signedIn = async (answer: {
    tokens: { accessToken: string; refreshToken: string };
    customer: { id: string; email: string };
  }): Promise<Registered> => ({
    ...answer.customer,
    ...answer.tokens,
    viewer: await viewerOf(answer.tokens.accessToken),
  });
  return {
    ...sub,
    viewerOf,
    pass: ms => {
      ahead += ms;
    },
    customer: async (input = {}) => {
      count += 1;
      const { data } = await sub.query(registerDocument, {
        input: { email: `customer${count}@example.com`, password, ...input },
      });
      return signedIn(data.register);
    },
    staff: async () => {
      const { data } = await sub.query(signInDocument, { email: 'staff@example.com', password });
      return signedIn(data.signIn);
    },
  };
}
