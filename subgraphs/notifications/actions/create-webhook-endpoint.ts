import { type Database } from '#platform/database.ts';
import { invalid } from '#platform/errors.ts';
import { newId, randomToken } from '#platform/ids.ts';

import { type WebhookClient } from '../clients/webhook-receiver.ts';
import { webhookTopics, webhookUrl } from '../domain/webhook.ts';
import { addEndpoint, mostEndpoints, type WebhookEndpointRow } from '../store/webhooks.ts';
import { sealSecret } from './seal-secret.ts';

export type WebhookRules = {
  readonly client: WebhookClient;
  readonly secret: string;
  readonly httpsOnly: boolean;
  /** Events that may leave the shop. */
  readonly types: readonly string[];
};

/** Stores an endpoint and makes its secret, which is answered here and never again. */
export async function createWebhookEndpoint(
  db: Database,
  rules: WebhookRules,
  input: { readonly url: string; readonly topics: readonly string[] },
): Promise<{ endpoint: WebhookEndpointRow; secret: string }> {
  const url = webhookUrl(input.url, rules);
  const topics = webhookTopics(input.topics, rules.types);
  if (await rules.client.leadsInside(url))
    throw invalid('the URL leads into a private network', 'url', 'URL_PRIVATE');
  const secret = `whsec_${randomToken()}`;
  const endpoint = await db.transaction(tx =>
    addEndpoint(tx, { id: newId(), url, topics, secret: sealSecret(secret, rules.secret) }),
  );
  if (endpoint === null)
    throw invalid(`there are ${mostEndpoints} endpoints already`, 'url', 'TOO_MANY_ENDPOINTS');
  return { endpoint, secret };
}
