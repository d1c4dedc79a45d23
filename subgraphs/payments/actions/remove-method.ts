import { markDetached, removeMethod } from '../store/saved-methods.ts';
import { type Work } from './work.ts';

/** Takes a saved method off a customer's list at once, and off the provider as soon as it answers. False when it is not theirs. */
export async function removeSavedMethod(work: Work, id: string, customerId: string): Promise<boolean> {
  const providerId = await work.db.transaction(tx => removeMethod(tx, id, customerId));
  if (providerId === null) return false;
  await detach(work, providerId).catch((error: unknown) =>
    work.log.warn({ err: error }, 'a removed payment method waits for the provider'),
  );
  return true;
}

/** Detaches a removed method at the provider. */
export async function detach(work: Work, providerId: string): Promise<void> {
  await work.provider.detachMethod(providerId, `detach:${providerId}`);
  await markDetached(work.db, providerId);
}
