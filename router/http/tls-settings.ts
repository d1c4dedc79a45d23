import { z } from 'zod';

import { integer } from '#platform/config.ts';

/** The files of a certificate with its chain and of its key, both PEM, and how often they are looked at. */
export type TlsSettings = { readonly certPath: string; readonly keyPath: string; readonly pollMs: number };

/** The variables behind TlsSettings. */
export const tlsShape = {
  ROUTER_TLS_CERT: z.string().optional(),
  ROUTER_TLS_KEY: z.string().optional(),
  ROUTER_TLS_POLL_MS: integer(10_000, 50, 3_600_000),
} as const;

type Read = {
  readonly ROUTER_TLS_CERT?: string | undefined;
  readonly ROUTER_TLS_KEY?: string | undefined;
  readonly ROUTER_TLS_POLL_MS: number;
};

/** Null: the router speaks plain HTTP. Throws when one of the two is missing. */
export function tlsOf(read: Read): TlsSettings | null {
  const { ROUTER_TLS_CERT: certPath, ROUTER_TLS_KEY: keyPath, ROUTER_TLS_POLL_MS: pollMs } = read;
  if (certPath === undefined && keyPath === undefined) return null;
  if (certPath === undefined || keyPath === undefined)
    throw new Error('bad configuration\n  ROUTER_TLS_CERT and ROUTER_TLS_KEY: one needs the other');
  return { certPath, keyPath, pollMs };
}
