import { type Database, type Transaction, rows } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';

import { type HeldLine, type ReservationState } from '../domain/reservation.ts';
import { type Allocation } from '../domain/stock.ts';

export type ReservationRow = {
  readonly id: string;
  readonly orderId: string;
  readonly state: ReservationState;
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
};

const columns = `r.id, r.order_id as "orderId", r.state, r.expires_at as "expiresAt", r.created_at as "createdAt"`;
const lineColumns = `id, reservation_id as "reservationId", variant_id as "variantId", warehouse_id as "warehouseId", quantity, backordered, shipped, returned`;

/** Makes the order's reservation, or answers null where there is one (which is then locked by nobody yet). */
export async function insertReservation(
  tx: Transaction,
  reservation: {
    readonly orderId: string;
    readonly state: ReservationState;
    readonly expiresAt: string | null;
    readonly reason?: string;
  },
): Promise<ReservationRow | null> {
  const [row] = await rows<ReservationRow>(
    tx,
    `insert into reservations as r (id, order_id, state, expires_at, reason) values (?, ?, ?, ?, ?) on conflict (order_id) do nothing returning ${columns}`,
    [newId(), reservation.orderId, reservation.state, reservation.expiresAt, reservation.reason ?? null],
  );
  return row ?? null;
}

/** Locks the order's reservation: whoever holds this lock decides between commit, release and expiry. Null when there is none. */
export async function lockReservation(tx: Transaction, orderId: string): Promise<ReservationRow | null> {
  const [row] = await rows<ReservationRow>(
    tx,
    `select ${columns} from reservations r where r.order_id = ? for no key update`,
    [orderId],
  );
  return row ?? null;
}

/**
 * Moves a reservation from the state that the decision was made on; false when it is not there any more.
 * A COMMITTED reservation does not expire.
 */
export async function moveReservation(
  tx: Transaction,
  id: string,
  from: ReservationState,
  to: { readonly state: ReservationState; readonly expiresAt?: string; readonly reason?: string },
): Promise<boolean> {
  const moved = await rows(
    tx,
    `update reservations set state = $3, updated_at = now(), reason = coalesce($5, reason),
        expires_at = case when $3 = 'COMMITTED' then null else coalesce($4::timestamptz, expires_at) end
      where id = $1 and state = $2 returning 1`,
    [id, from, to.state, to.expiresAt ?? null, to.reason ?? null],
  );
  return moved.length === 1;
}

/** Takes overdue reservations for expiry; those that somebody else is working on are left to them. */
export async function takeOverdue(tx: Transaction, limit: number): Promise<ReservationRow[]> {
  return rows<ReservationRow>(
    tx,
    `update reservations r set state = 'EXPIRED', updated_at = now()
      where r.id in (
        select id from reservations where state = 'HELD' and expires_at < now() order by expires_at limit ? for no key update skip locked
      ) and r.state = 'HELD' returning ${columns}`,
    [limit],
  );
}

/** What reservations hold or held. */
export async function linesOf(tx: Transaction, reservationIds: readonly string[]): Promise<HeldLine[]> {
  return rows<HeldLine>(
    tx,
    `select ${lineColumns} from reservation_lines where reservation_id = any(?::uuid[]) order by variant_id, warehouse_id, id`,
    [reservationIds],
  );
}

/** Replaces what a reservation holds. */
export async function replaceLines(
  tx: Transaction,
  reservationId: string,
  allocations: readonly Allocation[],
  anew: boolean,
): Promise<void> {
  if (anew) await rows(tx, 'delete from reservation_lines where reservation_id = ?', [reservationId]);
  await rows(
    tx,
    `insert into reservation_lines (id, reservation_id, variant_id, warehouse_id, quantity, backordered)
      select id, $2, variant_id, warehouse_id, quantity, backordered
      from unnest($1::uuid[], $3::uuid[], $4::uuid[], $5::integer[], $6::integer[]) as t (id, variant_id, warehouse_id, quantity, backordered)`,
    [
      allocations.map(() => newId()),
      reservationId,
      allocations.map(each => each.variantId),
      allocations.map(each => each.warehouseId),
      allocations.map(each => each.quantity),
      allocations.map(each => each.backordered),
    ],
  );
}

/** Remembers that units of lines have left. */
export async function addShipped(
  tx: Transaction,
  parcels: readonly { readonly line: { readonly id: string }; readonly quantity: number }[],
): Promise<void> {
  await rows(
    tx,
    `update reservation_lines l set shipped = l.shipped + t.quantity
      from unnest(?::uuid[], ?::integer[]) as t (id, quantity) where l.id = t.id`,
    [parcels.map(parcel => parcel.line.id), parcels.map(parcel => parcel.quantity)],
  );
}

/** Remembers that units are back on the shelves that lines were shipped from; more than was shipped there is not counted. */
export async function addReturned(
  tx: Transaction,
  reservationId: string,
  back: readonly { readonly variantId: string; readonly warehouseId: string; readonly quantity: number }[],
): Promise<void> {
  await rows(
    tx,
    `update reservation_lines l set returned = least(l.shipped, l.returned + t.quantity)
      from unnest(?::uuid[], ?::uuid[], ?::integer[]) as t (variant_id, warehouse_id, quantity)
      where l.reservation_id = ? and l.variant_id = t.variant_id and l.warehouse_id = t.warehouse_id`,
    [
      back.map(each => each.variantId),
      back.map(each => each.warehouseId),
      back.map(each => each.quantity),
      reservationId,
    ],
  );
}

/** What orders hold, with the lines: for the back office. A tombstone (a release that came first) is none. */
export async function reservationsOf(
  db: Database,
  by: 'order_id' | 'id',
  ids: readonly string[],
): Promise<
  (ReservationRow & {
    readonly lines: readonly Pick<HeldLine, 'variantId' | 'warehouseId' | 'quantity' | 'backordered'>[];
  })[]
> {
  return db.query(
    `select ${columns}, json_agg(json_build_object(
        'variantId', l.variant_id, 'warehouseId', l.warehouse_id, 'quantity', l.quantity, 'backordered', l.backordered
      ) order by l.variant_id, l.warehouse_id) as lines
      from reservations r join reservation_lines l on l.reservation_id = r.id
      where r.${by} = any(?::uuid[]) group by r.id`,
    [ids],
  );
}

/** Takes away a reservation that got nothing. */
export async function deleteReservation(tx: Transaction, id: string): Promise<void> {
  await rows(tx, 'delete from reservations where id = ?', [id]);
}
