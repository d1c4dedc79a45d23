import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const key = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'shop/webhook-secrets/v1', 32));

/** Encrypts an endpoint's secret for storage (AES-256-GCM): a stolen backup alone signs nothing. */
export function sealSecret(text: string, secret: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key(secret), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what `sealSecret` has closed; null when it was closed with another secret, or changed since. */
export function openSecret(sealed: Buffer, secret: string): string | null {
  const decipher = createDecipheriv('aes-256-gcm', key(secret), sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  const text = decipher.update(sealed.subarray(28));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    // Node says by throwing that the tag does not fit.
    return null;
  }
}
