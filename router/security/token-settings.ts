import { z } from 'zod';

/** Where access tokens are checked: against a key derived from this secret, or against published keys. */
export type AccessTokens = { readonly secret: string } | PublishedKeys;

/** Keys that users or an identity provider publishes, and what its tokens are like. */
export type PublishedKeys = {
  readonly jwksUrl: string;
  readonly algorithms: readonly string[];
  /** What the header must name as its `typ`; null: anything, and nothing at all. */
  readonly typ: string | null;
};

/** How the shop signs. */
export const ownAlgorithms = ['EdDSA'] as const;
/** The `typ` of access tokens as RFC 9068 has it. */
export const ACCESS_TOKEN_TYPE = 'at+jwt';

// Signatures by two keys only: whoever can read what is published could sign with it as a secret, and `none` is no signature.
const asymmetric = [
  'EdDSA',
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
] as const;

export const tokenShape = {
  JWKS_URL: z.url().optional(),
  JWT_ALGORITHMS: z
    .string()
    .transform(list => list.split(',').map(each => each.trim()))
    .pipe(z.array(z.enum(asymmetric, `expected some of ${asymmetric.join(', ')}`)))
    .optional(),
  JWT_TYPE: z.string().optional(),
} as const;

type Read = z.output<z.ZodObject<typeof tokenShape>> & { readonly JWT_SECRET?: string | undefined };

/** How access tokens are checked, of all that the router has read. */
export function accessTokensOf(read: Read): AccessTokens {
  const { JWT_SECRET: secret, JWKS_URL: jwksUrl, JWT_ALGORITHMS: algorithms, JWT_TYPE: typ } = read;
  if (jwksUrl !== undefined) {
    return {
      jwksUrl,
      algorithms: algorithms ?? ownAlgorithms,
      typ: typ === 'any' ? null : (typ ?? ACCESS_TOKEN_TYPE),
    };
  }
  if (algorithms !== undefined || typ !== undefined) {
    const name = algorithms === undefined ? 'JWT_TYPE' : 'JWT_ALGORITHMS';
    throw new Error(`bad configuration\n  ${name}: is about published keys; JWKS_URL says where they are`);
  }
  if (secret === undefined) {
    throw new Error(
      'bad configuration\n  JWT_SECRET or JWKS_URL: one of them is needed to check access tokens',
    );
  }
  return { secret };
}
