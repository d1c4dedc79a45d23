/** Series as promtool writes them: `0x10` stays at 0, `0+5x10` grows by 5 with each step. */
export type Case = {
  readonly series: Readonly<Record<string, string>>;
  /** When it is looked at, as in `30m`. */
  readonly at: string;
  /** Between two samples; one minute unless it says otherwise. */
  readonly interval?: string;
};

/** What an alert that fires tells. */
export type Firing = Case & {
  /** Its labels beside the severity. */
  readonly labels: Readonly<Record<string, string>>;
  /** What stands in the description in place of `{{ $value … }}`. */
  readonly value?: string;
};

export type Alert = {
  readonly name: string;
  /** page: wakes somebody, for customers notice. ticket: within working days. */
  readonly severity: 'page' | 'ticket';
  readonly expr: string;
  /** How long it must be true, as in `5m`. */
  readonly for: string;
  /** One line; may name labels as `{{ $labels.service }}`. */
  readonly summary: string;
  /** What it means for customers. */
  readonly description: string;
  /** One case in which it fires and one, close to it, in which it does not; promtool runs both. */
  readonly fires: Firing;
  readonly silent: Case;
};

export type Recording = {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
};

/** Rules that are evaluated together; also the name of the runbook's file. */
export type RuleGroup = {
  readonly name: string;
  /** Between two evaluations; Prometheus' own default, 30 s here, where it is left out. */
  readonly interval?: string;
  readonly recordings?: readonly Recording[];
  readonly alerts?: readonly Alert[];
};

const production = 'environment="production"';

/** Names a series of one of the shop's own processes, for the cases. */
export const ofShop = (metric: string, service: string, more = ''): string =>
  `${metric}{job="shop",${production},service="${service}",instance="${service}:9100"${more === '' ? '' : `,${more}`}}`;

/** Names a series of an exporter, for the cases. */
export const ofJob = (metric: string, job: string, more = ''): string =>
  `${metric}{job="${job}",${production},instance="${job}:9100"${more === '' ? '' : `,${more}`}}`;

/** The labels that such series have. */
export const shopLabels = (service: string): Record<string, string> => ({
  job: 'shop',
  environment: 'production',
  service,
  instance: `${service}:9100`,
});

/** The labels that such series have. */
export const jobLabels = (job: string): Record<string, string> => ({
  job,
  environment: 'production',
  instance: `${job}:9100`,
});
