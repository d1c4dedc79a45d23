import { answer } from '#platform/answer.ts';
import { type RequestContext } from '#platform/context.ts';
import { toMoney } from '#platform/money.ts';

import { setPromotion } from '../actions/set-promotion.ts';
import { setShippingMethod } from '../actions/set-shipping-method.ts';
import { setTaxRate } from '../actions/set-tax-rate.ts';
import { setVoucher } from '../actions/set-voucher.ts';
import { type Amounts, type Discount } from '../domain/discount.ts';
import {
  type ShippingMethodRow,
  listPromotions,
  listShippingMethods,
  listTaxRates,
} from '../store/configuration.ts';
import { listVouchers } from '../store/vouchers.ts';
import { type Resolvers } from './schema.types.ts';

const money = (amounts: Amounts) =>
  Object.entries(amounts).map(([currency, minor]) => toMoney(BigInt(minor), currency));

const discount = (rule: Discount) => ({
  ...rule,
  amounts: money(rule.amounts),
  minimumSubtotals: money(rule.minimumSubtotals),
});

const promotion = <T extends { readonly discount: Discount }>(row: T) => ({
  ...row,
  discount: discount(row.discount),
});

const method = (row: ShippingMethodRow) => ({
  ...row,
  prices: money(row.prices),
  freeFrom: money(row.freeFrom),
});

/** What staff configure: vouchers, promotions, shipping methods, tax rates. */
export const configurationResolvers = {
  Query: {
    vouchers: async (_root, _args, { db }) => (await listVouchers(db.em())).map(promotion),
    promotions: async (_root, _args, { db }) => (await listPromotions(db.em())).map(promotion),
    shippingRules: async (_root, _args, { db }) => (await listShippingMethods(db.em())).map(method),
    taxRates: (_root, _args, { db }) => listTaxRates(db.em()),
  },
  Mutation: {
    voucherUpsert: (_root, { input }, { db }, info) =>
      answer(info, 'VoucherSuccess', async () => ({ voucher: promotion(await setVoucher(db, input)) })),
    promotionUpsert: (_root, { input }, { db }, info) =>
      answer(info, 'PromotionSuccess', async () => ({ promotion: promotion(await setPromotion(db, input)) })),
    shippingMethodUpsert: (_root, { input }, { db }, info) =>
      answer(info, 'ShippingMethodSuccess', async () => {
        const row = await setShippingMethod(db, input);
        const [price] = money(row.prices);
        return { shippingMethod: price === undefined ? row : { ...row, price } };
      }),
    taxRateUpsert: (_root, { input }, { db }, info) =>
      answer(info, 'TaxRateSuccess', async () => ({ taxRate: await setTaxRate(db, input) })),
  },
} satisfies Pick<Resolvers<RequestContext>, 'Query' | 'Mutation'>;
