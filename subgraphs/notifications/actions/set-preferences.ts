import { type Transaction } from '#platform/database.ts';

import { choose, effective, type Preference } from '../domain/preferences.ts';
import { choicesOf, keepPreferences } from '../store/recipients.ts';

/** Stores a customer's choices for the given topics; the others stay. Answers all topics. */
export async function setPreferences(
  tx: Transaction,
  customerId: string,
  input: readonly { readonly topic: string; readonly channels: readonly string[] }[],
): Promise<Preference[]> {
  const chosen = choose(input);
  await keepPreferences(tx, customerId, chosen);
  return effective(await choicesOf(tx, customerId));
}
