import { z } from 'zod';

import {
  type Env,
  type ServiceSettings,
  duration,
  flag,
  integer,
  readEnv,
  readService,
  secret,
} from '#platform/config.ts';
import {
  type Ed25519KeyPair,
  type PublicJwk,
  ed25519FromSecret,
  ed25519FromText,
  jwkOf,
  keyPurposes,
} from '#platform/keys.ts';

import { type Settings } from './actions/parts.ts';

export type UsersConfig = ServiceSettings & {
  readonly users: Settings;
  /** Signs access tokens. */
  readonly signingKey: Ed25519KeyPair;
  /** Still published, no longer used to sign. */
  readonly formerKeys: readonly PublicJwk[];
  /** The first staff account, made at start when it is missing. */
  readonly firstStaff: { readonly email: string; readonly password: string } | null;
  /** How many passwords are hashed at once. */
  readonly hashConcurrency: number;
};

const minute = 60_000;

const shape = {
  JWT_SECRET: secret().optional(),
  JWT_PRIVATE_KEY: z.string().optional(),
  JWT_PREVIOUS_SECRET: secret().optional(),
  JWT_EXPIRATION: duration('15m'),
  REFRESH_TOKEN_EXPIRATION: duration('168h'),
  SESSION_LIFETIME: duration('30d'),
  EMAIL_VERIFICATION_EXPIRATION: duration('24h'),
  PASSWORD_RESET_EXPIRATION: duration('1h'),
  PASSWORD_HASH_CONCURRENCY: integer(4, 1, 64),
  BOOTSTRAP_STAFF_EMAIL: z.string().optional(),
  BOOTSTRAP_STAFF_PASSWORD: z.string().optional(),
  RATE_LIMIT_ENABLED: flag(true),
  SIGN_IN_ATTEMPTS_PER_ACCOUNT: integer(5, 1),
  SIGN_IN_ATTEMPTS_PER_ADDRESS: integer(100, 1),
  SIGN_IN_ATTEMPTS_WINDOW: duration('15m'),
  REGISTRATIONS_PER_ADDRESS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  MAILS_PER_ACCOUNT_PER_HOUR: integer(5, 1),
  MAIL_TOKENS_PER_ADDRESS_PER_HOUR: integer(60, 1),
  REFRESHES_PER_ADDRESS_PER_MINUTE: integer(600, 1),
} as const;

// Printed in the README: nobody's secret.
const publicPassword = 'correct-horse-battery-staple';

/** Reads the settings of users; production takes neither the documented password nor a missing signing key. */
export function readConfig(env: Env): UsersConfig {
  const service = readService('users', 9001, env);
  const own = readEnv(shape, env);
  const production = service.environment === 'production';
  const { BOOTSTRAP_STAFF_EMAIL: email, BOOTSTRAP_STAFF_PASSWORD: password } = own;
  if ((email === undefined) !== (password === undefined)) {
    throw new Error('bad configuration\n  BOOTSTRAP_STAFF_EMAIL, BOOTSTRAP_STAFF_PASSWORD: both or neither');
  }
  if (production && password === publicPassword) {
    throw new Error(
      'bad configuration\n  BOOTSTRAP_STAFF_PASSWORD: the documented password is refused in production',
    );
  }
  const hour = 60 * minute;
  const window = own.SIGN_IN_ATTEMPTS_WINDOW;
  return {
    ...service,
    users: {
      accessTokenMs: own.JWT_EXPIRATION,
      refreshTokenMs: own.REFRESH_TOKEN_EXPIRATION,
      sessionMs: own.SESSION_LIFETIME,
      verificationMs: own.EMAIL_VERIFICATION_EXPIRATION,
      resetMs: own.PASSWORD_RESET_EXPIRATION,
      limits: own.RATE_LIMIT_ENABLED
        ? {
            signInPerAccount: { limit: own.SIGN_IN_ATTEMPTS_PER_ACCOUNT, windowMs: window },
            signInPerAddress: { limit: own.SIGN_IN_ATTEMPTS_PER_ADDRESS, windowMs: window },
            // A laptop that tries the shop out, and its load tests, register many from one address.
            registerPerAddress: {
              limit: own.REGISTRATIONS_PER_ADDRESS_PER_MINUTE ?? (production ? 20 : 300),
              windowMs: minute,
            },
            mailPerAccount: { limit: own.MAILS_PER_ACCOUNT_PER_HOUR, windowMs: hour },
            tokenPerAddress: { limit: own.MAIL_TOKENS_PER_ADDRESS_PER_HOUR, windowMs: hour },
            refreshPerAddress: { limit: own.REFRESHES_PER_ADDRESS_PER_MINUTE, windowMs: minute },
          }
        : null,
    },
    signingKey: signingKey(own.JWT_PRIVATE_KEY, own.JWT_SECRET),
    formerKeys:
      own.JWT_PREVIOUS_SECRET === undefined
        ? []
        : [jwkOf(ed25519FromSecret(own.JWT_PREVIOUS_SECRET, keyPurposes.accessToken).publicKey)],
    firstStaff: email !== undefined && password !== undefined ? { email, password } : null,
    hashConcurrency: own.PASSWORD_HASH_CONCURRENCY,
  };
}

function signingKey(privateKey: string | undefined, secretText: string | undefined): Ed25519KeyPair {
  if (privateKey !== undefined) {
    try {
      return ed25519FromText(privateKey);
    } catch (error) {
      throw new Error(
        'bad configuration\n  JWT_PRIVATE_KEY: expected an Ed25519 key as PEM (PKCS #8) or JWK',
        { cause: error },
      );
    }
  }
  if (secretText === undefined)
    throw new Error(
      'bad configuration\n  JWT_SECRET or JWT_PRIVATE_KEY: one of them is needed to sign access tokens',
    );
  return ed25519FromSecret(secretText, keyPurposes.accessToken);
}
