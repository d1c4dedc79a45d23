import { type Database } from '#platform/database.ts';

import { type Mismatch } from '../domain/invariants.ts';

// One statement is one snapshot: nothing that is booked meanwhile can look like a fault.
const compare = `
  with moved as (
    select variant_id, warehouse_id, sum(delta)::integer as delta,
      coalesce(-sum(delta) filter (where kind = 'SALE'), 0)::integer as sold
    from stock_movements group by variant_id, warehouse_id
  ), held as (
    select l.variant_id, l.warehouse_id,
      coalesce(sum(l.quantity - l.shipped) filter (where r.state in ('HELD', 'COMMITTED')), 0)::integer as reserved,
      sum(l.shipped)::integer as shipped
    from reservation_lines l join reservations r on r.id = l.reservation_id group by l.variant_id, l.warehouse_id
  ), levels as (
    select v.sku || ' in ' || w.code as subject, s.*, coalesce(m.delta, 0) as moved, coalesce(m.sold, 0) as sold,
      coalesce(h.reserved, 0) as held, coalesce(h.shipped, 0) as shipped
    from stock_levels s join variants v on v.id = s.variant_id join warehouses w on w.id = s.warehouse_id
      left join moved m on m.variant_id = s.variant_id and m.warehouse_id = s.warehouse_id
      left join held h on h.variant_id = s.variant_id and h.warehouse_id = s.warehouse_id
  ), offers as (
    select v.id, v.sku, v.available, v.backorder_left,
      coalesce(sum(greatest(0, s.on_hand - s.reserved - s.safety_stock)), 0)::integer as offered,
      coalesce(sum(greatest(0, greatest(0, s.on_hand - s.safety_stock) + s.backorder_limit - s.reserved)), 0)::integer as sellable
    from variants v left join stock_levels s on s.variant_id = v.id group by v.id
  ), mismatches as (
    select 'ON_HAND' as rule, subject, on_hand as booked, moved as recomputed from levels where on_hand <> moved
    union all select 'RESERVED', subject, reserved, held from levels where reserved <> held
    union all select 'OVERSOLD', subject, reserved, on_hand + backorder_limit from levels where reserved > on_hand + backorder_limit
    union all select 'SHIPPED', subject, sold, shipped from levels where sold <> shipped
    union all select 'AVAILABLE', sku, available, offered from offers where available <> offered
    union all select 'BACKORDER_LEFT', sku, backorder_left, sellable - offered from offers where backorder_left <> sellable - offered
    union all select 'OVERDUE', r.order_id::text, extract(epoch from now() - r.expires_at)::integer,
        (select coalesce(sum(l.quantity - l.shipped), 0)::integer from reservation_lines l where l.reservation_id = r.id)
      from reservations r where r.state = 'HELD' and r.expires_at < now() - make_interval(secs => ?)
  )
  select now() as "checkedAt", (select count(*)::integer from levels) as levels,
    coalesce((select json_agg(m) from (select * from mismatches order by rule, subject limit 1000) m), '[]') as mismatches`;

/**
 * Recomputes all that is booked from movements and reservations and answers what differs. Reservations may be
 * `graceSeconds` overdue before they count: the sweeper comes by now and then.
 */
export async function compareBooks(
  db: Database,
  graceSeconds: number,
): Promise<{ readonly checkedAt: Date; readonly levels: number; readonly mismatches: readonly Mismatch[] }> {
  const [row] = await db.query<{ checkedAt: Date; levels: number; mismatches: Mismatch[] }>(compare, [
    graceSeconds,
  ]);
  if (!row) throw new Error('the check of the books answered nothing');
  return row;
}
