import { type Database } from '#platform/database.ts';
import { notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';

import { type ShippingMethodInput, isUuid, shippingMethod } from '../domain/configuration.ts';
import {
  type ShippingMethodRow,
  insertShippingMethod,
  replaceShippingMethod,
} from '../store/configuration.ts';

/** Makes a shipping method, or replaces the one with this id; open carts see it at the next read. */
export async function setShippingMethod(
  db: Database,
  input: ShippingMethodInput & {
    readonly id?: string | null | undefined;
    readonly active?: boolean | null | undefined;
  },
): Promise<ShippingMethodRow> {
  const method = { ...shippingMethod(input, ['input']), active: input.active ?? true };
  const id = input.id ?? null;
  return db.transaction(async tx => {
    if (id === null) return insertShippingMethod(tx, { id: newId(), ...method });
    const replaced = isUuid(id) ? await replaceShippingMethod(tx, { id, ...method }) : null;
    if (!replaced) throw notFound('the shipping method', ['input', 'id']);
    return replaced;
  });
}
