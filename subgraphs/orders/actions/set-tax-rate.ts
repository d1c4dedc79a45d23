import { type Database } from '#platform/database.ts';
import { invalid } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';

import { taxRate } from '../domain/configuration.ts';
import { type TaxRateRow, changeTaxMode, lockTaxCountry, upsertTaxRate } from '../store/configuration.ts';

/**
 * Sets the rate of a country, region and class. A country has one mode: ValidationError when its other rates say
 * otherwise about prices including tax.
 */
export async function setTaxRate(db: Database, input: Parameters<typeof taxRate>[0]): Promise<TaxRateRow> {
  const rate = taxRate(input, ['input']);
  return db.transaction(async tx => {
    const included = await lockTaxCountry(tx, rate.country, rate.pricesIncludeTax);
    if (included !== rate.pricesIncludeTax && !(await changeTaxMode(tx, rate))) {
      const mode = included ? 'include' : 'exclude';
      throw invalid(`prices in ${rate.country} ${mode} tax`, ['input', 'pricesIncludeTax'], 'TAX_MODE');
    }
    return upsertTaxRate(tx, { id: newId(), ...rate });
  });
}
