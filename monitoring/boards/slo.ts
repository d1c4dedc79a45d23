import { type Board } from '../board.ts';

const mine = 'slo=~"$slo",environment=~"$environment"';
const burn = (window: string): string =>
  `slo:errors:ratio${window}{${mine}} / on (slo) group_left () (1 - slo:objective:ratio{slo=~"$slo"})`;
const name = '{{slo}} {{subgraph}}';

export const slo: Board = {
  name: 'slo',
  title: 'SLO and error budget',
  about: 'What was promised, what of it is left, and how fast it is used up. The objectives are in docs/monitoring.md.',
  variables: [{ name: 'slo', label: 'Objective', query: 'label_values(slo:objective:ratio, slo)', multi: true }],
  rows: [
    {
      title: 'Thirty days',
      panels: [
        {
          title: 'Budget left',
          about: 'Share of the errors that thirty days may have and have not had. Below 0: promise broken, deploy only repairs.',
          kind: 'lines',
          unit: 'percentunit',
          limits: [0.25, 0],
          lowIsBad: true,
          queries: [{ expr: `1 - ${burn('30d')}`, legend: name }],
        },
        {
          title: 'Kept and promised',
          about: 'Share of good events in thirty days, beside the objective.',
          kind: 'table',
          unit: 'percentunit',
          queries: [
            { expr: `1 - slo:errors:ratio30d{${mine}}`, legend: `${name} kept` },
            { expr: 'slo:objective:ratio{slo=~"$slo"}', legend: '{{slo}} promised' },
          ],
        },
      ],
    },
    {
      title: 'How fast the budget burns (1: it lasts exactly thirty days)',
      panels: [
        {
          title: '1 hour',
          about: 'Above 14.4, and in the last five minutes too: a page.',
          kind: 'lines',
          unit: 'short',
          limits: [6, 14.4],
          queries: [{ expr: burn('1h'), legend: name }],
        },
        {
          title: '5 minutes',
          about: 'Whether it still burns.',
          kind: 'lines',
          unit: 'short',
          limits: [6, 14.4],
          queries: [{ expr: burn('5m'), legend: name }],
        },
        {
          title: '6 hours',
          about: 'Above 6, and in the last half hour too: a page.',
          kind: 'lines',
          unit: 'short',
          limits: [1, 6],
          queries: [{ expr: burn('6h'), legend: name }],
        },
        {
          title: '3 days',
          about: 'Above 1, and in the last six hours too: a ticket.',
          kind: 'lines',
          unit: 'short',
          limits: [1, 6],
          queries: [{ expr: burn('3d'), legend: name }],
        },
      ],
    },
    {
      title: 'Events',
      panels: [
        {
          title: 'Counted events',
          about: 'Events a second that the objective counts.',
          kind: 'lines',
          unit: 'ops',
          queries: [{ expr: `slo:requests:rate5m{${mine}}`, legend: name }],
        },
        {
          title: 'Bad events',
          about: 'Events a second that were bad: failed by us, or too slow.',
          kind: 'lines',
          unit: 'ops',
          queries: [{ expr: `slo:errors:rate5m{${mine}}`, legend: name }],
        },
        {
          title: 'Alerts that fire',
          about: 'Now, of all kinds.',
          kind: 'table',
          unit: 'none',
          queries: [
            {
              expr: 'sum by (alertname, severity, service, subgraph, slo) (ALERTS{alertstate="firing",environment=~"$environment"})',
              legend: '{{alertname}}',
            },
          ],
        },
      ],
    },
  ],
}; // prettier-ignore
