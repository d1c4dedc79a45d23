import { type Board } from '../board.ts';
import { orZero, quantile, series, sumRate } from '../promql.ts';

const inRange = (metric: string, by: string, matchers = ''): string =>
  `sum by (${by}) (increase(${series(metric, matchers)}[$__range]))`;

export const business: Board = {
  name: 'business',
  title: 'Business',
  about: 'Orders, what they are worth, payments, customers, stock. Counted by the services; the books are in the databases.',
  variables: [
    {
      name: 'currency',
      label: 'Currency',
      query: 'label_values(order_value_minor_units_count{environment=~"$environment"}, currency)',
      multi: true,
    },
  ],
  rows: [
    {
      title: 'In the chosen time',
      panels: [
        {
          title: 'Orders',
          about: 'Orders that were paid, or cost nothing.',
          kind: 'stat',
          unit: 'short',
          queries: [{ expr: `sum(${inRange('orders_placed_total', 'service')})`, legend: 'orders' }],
        },
        {
          title: 'Turnover',
          about: 'In units of the currency with two decimals (yen and dinars show 100 times too little, or ten times too much).',
          kind: 'stat',
          unit: 'short',
          queries: [
            {
              expr: `${inRange('order_value_minor_units_sum', 'currency', 'currency=~"$currency"')} / 100`,
              legend: '{{currency}}',
            },
          ],
        },
        {
          title: 'New customers',
          about: 'Accounts that customers have made.',
          kind: 'stat',
          unit: 'short',
          queries: [{ expr: `sum(${inRange('user_registrations_total', 'service')})`, legend: 'customers' }],
        },
        {
          title: 'Payments that failed',
          about: 'Share of payments that ended without money.',
          kind: 'stat',
          unit: 'percentunit',
          limits: [0.1, 0.3],
          queries: [
            {
              expr: `(${orZero(`sum(${inRange('payments_total', 'service', 'status="FAILED"')})`, `sum(${inRange('payments_total', 'service')})`)}) / sum(${inRange('payments_total', 'service', 'status=~"AUTHORIZED|FAILED"')})`,
              legend: 'failed',
            },
          ],
        },
      ],
    },
    {
      title: 'Orders',
      panels: [
        {
          title: 'Orders a minute',
          about: 'A sudden zero in business hours: see the runbook OrdersStopped.',
          kind: 'lines',
          unit: 'short',
          queries: [{ expr: `sum(${sumRate('orders_placed_total', 'service')}) * 60`, legend: 'orders' }],
        },
        {
          title: 'Value of an order',
          about: 'Median and mean, in units of the currency with two decimals.',
          kind: 'lines',
          unit: 'short',
          queries: [
            {
              expr: `${quantile('order_value_minor_units', { q: 0.5, by: 'currency', matchers: 'currency=~"$currency"' })} / 100`,
              legend: '{{currency}} median',
            },
            {
              expr: `${sumRate('order_value_minor_units_sum', 'currency', 'currency=~"$currency"')} / ${sumRate('order_value_minor_units_count', 'currency', 'currency=~"$currency"')} / 100`,
              legend: '{{currency}} mean',
            },
          ],
        },
        {
          title: 'Payments by what they came to',
          about: 'Changes of payments a minute.',
          kind: 'stack',
          unit: 'short',
          queries: [{ expr: `${sumRate('payments_total', 'status')} * 60`, legend: '{{status}}' }],
        },
        {
          title: 'Reservations of stock',
          about: 'A minute. Rejected: not enough in stock. Expired: the customer has not paid in time.',
          kind: 'stack',
          unit: 'short',
          queries: [{ expr: `${sumRate('stock_reservations_total', 'outcome')} * 60`, legend: '{{outcome}}' }],
        },
      ],
    },
    {
      title: 'Customers',
      panels: [
        {
          title: 'Registrations a minute',
          about: 'Accounts that customers have made.',
          kind: 'lines',
          unit: 'short',
          queries: [{ expr: `sum(${sumRate('user_registrations_total', 'service')}) * 60`, legend: 'registrations' }],
        },
        {
          title: 'Sign-ins a minute',
          about: 'By how they ended. Many that are refused or throttled: somebody tries passwords.',
          kind: 'stack',
          unit: 'short',
          queries: [{ expr: `${sumRate('sign_ins_total', 'outcome')} * 60`, legend: '{{outcome}}' }],
        },
        {
          title: 'Mails a minute',
          about: 'By how sending them ended; later: the provider was away, they are tried again.',
          kind: 'stack',
          unit: 'short',
          queries: [
            { expr: `${sumRate('emails_total', 'template, outcome')} * 60`, legend: '{{template}} {{outcome}}' },
          ],
        },
        {
          title: 'What customers do',
          about: 'Operations a minute of the documents that tell most: looking, filling the cart, checking out.',
          kind: 'lines',
          unit: 'short',
          queries: [
            {
              expr: `${sumRate('graphql_request_duration_seconds_count', 'operation_name', 'operation_name=~"ProductList|ProductPage|CartCreate|Checkout"')} * 60`,
              legend: '{{operation_name}}',
            },
          ],
        },
      ],
    },
  ],
}; // prettier-ignore
