import { invalid } from '#platform/errors.ts';
import { newId, randomToken, sha256 } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { type Viewer } from '#platform/viewer.ts';
import { event } from '#schema/events.ts';

import { grantable, refuseBeyond } from '../domain/scopes.ts';
import { requiredText } from '../domain/text.ts';
import {
  type ApiKeyRow,
  expiryOfApiKey,
  insertApiKey,
  revokeApiKeyRow,
  useApiKey,
} from '../store/api-keys.ts';
import { audit } from '../store/audit-log.ts';
import { type Parts } from './parts.ts';
import { currentScopes } from './staff.ts';

type NewKey = { readonly name: string; readonly scopes: readonly string[]; readonly expiresAt: Date | null };

/** Makes an API key; the secret is in this answer and nowhere else. Throws ValidationError. */
export async function createApiKey(
  parts: Parts,
  viewer: Viewer,
  input: NewKey,
): Promise<{ readonly apiKey: ApiKeyRow; readonly secret: string }> {
  const name = requiredText(input.name, { field: 'name', max: 100 });
  const now = parts.now();
  if (input.expiresAt !== null && input.expiresAt <= now)
    throw invalid('a key cannot expire in the past', 'expiresAt', 'EXPIRY');
  const secret = `shop_${randomToken(32)}`;
  const apiKey = await parts.db.transaction(async tx => {
    const held = await currentScopes(tx, viewer, now);
    refuseBeyond(['apikeys:manage'], held, 'scopes');
    const scopes = grantable(input.scopes, held);
    const latest =
      viewer.kind === 'apiKey' && viewer.id !== null ? await expiryOfApiKey(tx, viewer.id) : null;
    if (latest !== null && (input.expiresAt === null || input.expiresAt > latest))
      throw invalid('a key cannot make one that outlives it', 'expiresAt', 'EXPIRY');
    const made = await insertApiKey(tx, {
      id: newId(),
      name,
      prefix: secret.slice(0, 12),
      secretHash: sha256(secret),
      scopes,
      expiresAt: input.expiresAt,
      now,
    });
    await audit(tx, { at: now, action: 'api_key.created', entity: 'ApiKey', entityIds: [made.id] });
    return made;
  });
  return { apiKey, secret };
}

/** Revokes an API key and tells the router. False when there is no such key or it was revoked before. Throws ValidationError when it may do more than the viewer. */
export async function revokeApiKey(parts: Parts, viewer: Viewer, id: string): Promise<boolean> {
  const now = parts.now();
  return parts.db.transaction(async tx => {
    const held = await currentScopes(tx, viewer, now);
    refuseBeyond(['apikeys:manage'], held, 'id');
    const revoked = await revokeApiKeyRow(tx, id, now);
    if (revoked === null) return false;
    refuseBeyond(revoked.scopes, held, 'id');
    await audit(tx, { at: now, action: 'api_key.revoked', entity: 'ApiKey', entityIds: [id] });
    await announce(tx, event('api_key.revoked', { type: 'ApiKey', id }, { apiKeyId: id }));
    return true;
  });
}

/** Whom a presented key stands for; null when it does not work. */
export async function exchangeApiKey(parts: Parts, key: string): Promise<ApiKeyRow | null> {
  if (!/^shop_[\w-]{43}$/.test(key)) return null;
  return useApiKey(parts.db.em(), sha256(key), parts.now());
}
