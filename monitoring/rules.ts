import { type Alert, type RuleGroup } from './rule.ts';
import { availability } from './rules/availability.ts';
import { clients } from './rules/clients.ts';
import { data } from './rules/data.ts';
import { events } from './rules/events.ts';
import { payments } from './rules/payments.ts';
import { runtime } from './rules/runtime.ts';
import { slo } from './rules/slo.ts';

/** Rules by the file that holds them; alerts of a file have their runbook under the same name. */
export const ruleFiles: Readonly<Record<string, readonly RuleGroup[]>> = {
  slo,
  availability: [availability],
  runtime: [runtime],
  events: [events],
  payments: [payments],
  data: [data],
  clients: [clients],
};

/** Every alert, with the file that holds it. */
export const alerts: readonly (Alert & { readonly file: string })[] = Object.entries(ruleFiles).flatMap(
  ([file, groups]) => groups.flatMap(group => (group.alerts ?? []).map(alert => ({ ...alert, file }))),
);
