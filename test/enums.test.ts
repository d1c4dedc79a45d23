import { isEnumType } from 'graphql';
import { expect, test } from 'vitest';

import { type Subgraph } from '#schema/events.ts';

import { reservationStates } from '../subgraphs/inventory/domain/reservation.ts';
import { movementKinds } from '../subgraphs/inventory/store/movements.ts';
import { channels, notificationStatuses } from '../subgraphs/notifications/domain/notification.ts';
import { discountKinds } from '../subgraphs/orders/domain/discount.ts';
import { orderStatuses } from '../subgraphs/orders/domain/order.ts';
import { returnStatuses } from '../subgraphs/orders/domain/return.ts';
import { paymentStatuses } from '../subgraphs/payments/domain/payment.ts';
import { productStatuses } from '../subgraphs/products/domain/product.ts';
import { reviewStatuses } from '../subgraphs/products/domain/review.ts';
import { customerStatuses } from '../subgraphs/users/domain/account.ts';
import { subgraphSchema } from './support/variables.ts';

// The same list feeds the database's check constraint, so what is stored can be shown, and what is shown can be stored.
test.each<[Subgraph, string, readonly string[]]>([
  ['users', 'CustomerStatus', customerStatuses],
  ['products', 'ProductStatus', productStatuses],
  ['products', 'ReviewStatus', reviewStatuses],
  ['inventory', 'ReservationState', reservationStates],
  ['inventory', 'StockMovementKind', movementKinds],
  ['orders', 'OrderStatus', orderStatuses],
  ['orders', 'ReturnStatus', returnStatuses],
  ['orders', 'DiscountKind', discountKinds],
  ['payments', 'PaymentStatus', paymentStatuses],
  ['notifications', 'NotificationChannel', channels],
  ['notifications', 'NotificationStatus', notificationStatuses],
])('%s: the enum %s is the list of the domain', (subgraph, name, list) => {
  const type = subgraphSchema(subgraph).getType(name);
  expect(isEnumType(type) && type.getValues().map(value => value.name)).toEqual(list);
});
