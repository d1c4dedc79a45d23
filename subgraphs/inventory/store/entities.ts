import { defineEntity, p } from '@mikro-orm/core';

const WarehouseTable = defineEntity({
  name: 'Warehouse',
  tableName: 'warehouses',
  properties: {
    id: p.uuid().primary(),
    code: p.text().unique(),
    name: p.text(),
    country: p.text(),
    priority: p.integer(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** A place that holds stock. Everything else here is contended counters, changed by SQL only. */
export class Warehouse extends WarehouseTable.class {}
WarehouseTable.setClass(Warehouse);
