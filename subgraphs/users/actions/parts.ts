import { type Database } from '#platform/database.ts';

import { type Limit } from '../domain/attempts.ts';
import { type AccessTokens } from './access-token.ts';
import { type Passwords } from './passwords.ts';

export type Settings = {
  /** Lifetime of an access token, in milliseconds. */
  readonly accessTokenMs: number;
  /** Lifetime of a refresh token that is not used, in milliseconds. */
  readonly refreshTokenMs: number;
  /** Lifetime of a session however often it is refreshed, in milliseconds. */
  readonly sessionMs: number;
  readonly verificationMs: number;
  readonly resetMs: number;
  /** Null when nothing is limited. */
  readonly limits: {
    readonly signInPerAccount: Limit;
    readonly signInPerAddress: Limit;
    readonly registerPerAddress: Limit;
    readonly mailPerAccount: Limit;
    readonly tokenPerAddress: Limit;
    readonly refreshPerAddress: Limit;
  } | null;
};

/** How signing in ended; `failed`: through a fault of ours, or for want of room. */
export type SignInOutcome = 'success' | 'refused' | 'locked' | 'suspended' | 'throttled' | 'failed';

/** What operators count, told once it is kept. */
export type Count = {
  readonly signIn: (outcome: SignInOutcome) => void;
  readonly registration: () => void;
};

/** What actions work with. */
export type Parts = {
  readonly db: Database;
  readonly passwords: Passwords;
  readonly accessTokens: AccessTokens;
  readonly settings: Settings;
  readonly count: Count;
  readonly now: () => Date;
};

/** The client as the router saw it. */
export type Client = { readonly ip: string; readonly agent: string };
