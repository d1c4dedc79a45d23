import { type Board, percentiles } from '../board.ts';
import { orZero, quantile, series, sumRate } from '../promql.ts';

const asked = `sum(${sumRate('stripe_requests_total', 'service')})`;

export const payments: Board = {
  name: 'payments',
  title: 'Payments',
  about: 'Stripe, its webhooks, our ledger, and whether the two agree.',
  variables: [],
  rows: [
    {
      title: 'Books',
      panels: [
        {
          title: 'Differences to Stripe',
          about: 'Found by the last reconciliation, which runs every hour over three hours. Must be 0.',
          kind: 'stat',
          unit: 'none',
          limits: [1, 1],
          queries: [{ expr: `max(${series('payments_reconciliation_differences')})`, legend: 'differences' }],
        },
        {
          title: 'Ledger differences',
          about: 'Transactions that do not balance, and payments whose money is not what the ledger says. Must be 0.',
          kind: 'stat',
          unit: 'none',
          limits: [1, 1],
          queries: [{ expr: `max(${series('payments_ledger_differences')})`, legend: 'differences' }],
        },
        {
          title: 'Payments without an end',
          about: 'An hour after they should have ended. Must be 0.',
          kind: 'stat',
          unit: 'none',
          limits: [1, 5],
          queries: [{ expr: `max(${series('payments_overdue')})`, legend: 'payments' }],
        },
        {
          title: 'Stripe fails',
          about: 'Share of requests that Stripe did not answer as it should; declined cards are no failure.',
          kind: 'stat',
          unit: 'percentunit',
          limits: [0.01, 0.1],
          queries: [
            {
              expr: `(${orZero(`sum(${sumRate('stripe_requests_total', 'service', 'outcome!~"ok|StripeCardError|StripeInvalidRequestError"')})`, asked)}) / ${asked}`,
              legend: 'failed',
            },
          ],
        },
      ],
    },
    {
      title: 'Stripe',
      panels: [
        {
          title: 'Requests by outcome',
          about: 'A second. StripeCardError: a declined card. circuit_open: Stripe fails so often that it is not asked.',
          kind: 'stack',
          unit: 'reqps',
          queries: [{ expr: sumRate('stripe_requests_total', 'outcome'), legend: '{{outcome}}' }],
        },
        {
          title: 'Time that Stripe takes',
          about: 'Seconds of a request, the SDK’s own second tries included; STRIPE_TIMEOUT is the end.',
          kind: 'lines',
          unit: 's',
          limits: [1, 5],
          queries: percentiles(q => quantile('stripe_request_duration_seconds', { q })),
        },
        {
          title: 'Webhooks',
          about: 'A minute. Received at the door, then applied; forged: the signature was wrong; quarantined: it did not fit.',
          kind: 'stack',
          unit: 'short',
          queries: [
            { expr: `${sumRate('stripe_webhooks_total', 'type, outcome')} * 60`, legend: '{{type}} {{outcome}}' },
          ],
        },
        {
          title: 'Webhooks that could not be applied',
          about: 'A minute: failed ones are tried again, quarantined ones wait for a person, forged ones are refused.',
          kind: 'lines',
          unit: 'short',
          queries: [
            {
              expr: `${sumRate('stripe_webhooks_total', 'outcome', 'outcome=~"failed|quarantined|forged"')} * 60`,
              legend: '{{outcome}}',
            },
          ],
        },
      ],
    },
    {
      title: 'Money',
      panels: [
        {
          title: 'Payments by what they came to',
          about: 'Changes a minute.',
          kind: 'stack',
          unit: 'short',
          queries: [{ expr: `${sumRate('payments_total', 'status')} * 60`, legend: '{{status}}' }],
        },
        {
          title: 'Payments that succeed',
          about: 'Share of payments with an end that have money.',
          kind: 'lines',
          unit: 'percentunit',
          queries: [
            {
              expr: `sum(${sumRate('payments_total', 'service', 'status="AUTHORIZED"')}) / sum(${sumRate('payments_total', 'service', 'status=~"AUTHORIZED|FAILED"')})`,
              legend: 'succeed',
            },
          ],
        },
        {
          title: 'Follow-ups and reconciliations',
          about: 'Runs a minute of the jobs that ask Stripe what has become of open payments.',
          kind: 'lines',
          unit: 'short',
          queries: [
            {
              expr: `${sumRate('job_runs_total', 'name, outcome', 'service="payments",name=~"follow-up|reconciliation|books|webhooks"')} * 60`,
              legend: '{{name}} {{outcome}}',
            },
          ],
        },
        {
          title: 'Payments subgraph, fetches',
          about: 'What the router asks payments, by outcome.',
          kind: 'lines',
          unit: 'reqps',
          queries: [
            {
              expr: sumRate('gateway_subgraph_request_duration_seconds_count', 'outcome', 'subgraph="payments"'),
              legend: '{{outcome}}',
            },
          ],
        },
      ],
    },
  ],
}; // prettier-ignore
