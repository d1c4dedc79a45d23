import { type Board } from './board.ts';
import { business } from './boards/business.ts';
import { database } from './boards/database.ts';
import { events } from './boards/events.ts';
import { infrastructure } from './boards/infrastructure.ts';
import { payments } from './boards/payments.ts';
import { routerInternals } from './boards/router.ts';
import { serviceOverview } from './boards/service-overview.ts';
import { slo } from './boards/slo.ts';
import { subgraphLatency } from './boards/subgraph-latency.ts';

/** Every board, in the order of the docs. */
export const boards: readonly Board[] = [
  serviceOverview,
  subgraphLatency,
  routerInternals,
  database,
  infrastructure,
  business,
  events,
  payments,
  slo,
];
