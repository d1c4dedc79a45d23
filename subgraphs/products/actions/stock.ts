import { type Transaction } from '#platform/database.ts';

import { type Stock, stockProducts, storeStock } from '../store/stock.ts';

/** Takes over what inventory says of a variant; an older version is ignored. One statement unless it comes into or runs out of stock. Answers the product that came into or ran out of stock. */
export async function noteStock(tx: Transaction, stock: Stock): Promise<string | null> {
  return (await storeStock(tx, stock)) ? stockProducts(tx, stock.variantId) : null;
}
