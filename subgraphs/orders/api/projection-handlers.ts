import { type Handlers, type InsideHandler } from '#platform/inbox.ts';
import { type ShopEvent } from '#schema/events.ts';

import { projectPrices, projectVariant } from '../actions/project-catalogue.ts';

const variantUpserted: InsideHandler<ShopEvent<'variant.upserted'>> = (tx, { data }) =>
  projectVariant(tx, data);
const priceChanged: InsideHandler<ShopEvent<'price.changed'>> = (tx, { data }) => projectPrices(tx, data);

/** What orders learns of the catalogue. */
export const projectionHandlers = {
  'variant.upserted': variantUpserted,
  'price.changed': priceChanged,
} satisfies Handlers;
