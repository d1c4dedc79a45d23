import { type Board } from '../board.ts';
import { quantile, series, sumRate } from '../promql.ts';
import { service } from './variables.ts';

const mine = 'service=~"$service"';

export const events: Board = {
  name: 'events',
  title: 'Events and outbox',
  about: 'From the outbox through RabbitMQ to the handlers: how much, how late, what gave up.',
  variables: [service],
  rows: [
    {
      title: 'Outbox',
      panels: [
        {
          title: 'Oldest unpublished event',
          about: 'Seconds. Above 30: the service cannot publish, sagas stand still.',
          kind: 'lines',
          unit: 's',
          limits: [10, 60],
          queries: [{ expr: `max by (service) (${series('outbox_oldest_seconds', mine)})`, legend: '{{service}}' }],
        },
        {
          title: 'Unpublished events',
          about: 'Events of the outbox that RabbitMQ has not confirmed.',
          kind: 'lines',
          unit: 'none',
          queries: [{ expr: `max by (service) (${series('outbox_pending', mine)})`, legend: '{{service}}' }],
        },
        {
          title: 'Published, by type',
          about: 'Events a second that RabbitMQ has confirmed.',
          kind: 'stack',
          unit: 'eps',
          queries: [{ expr: sumRate('events_published_total', 'type', mine), legend: '{{type}}' }],
        },
        {
          title: 'Batches that could not be published',
          about: 'A second; the relay tries again.',
          kind: 'lines',
          unit: 'ops',
          queries: [{ expr: sumRate('event_publish_failures_total', 'service', mine), legend: '{{service}}' }],
        },
      ],
    },
    {
      title: 'Handlers',
      panels: [
        {
          title: 'Consumed, by outcome',
          about: 'Events a second. Duplicates are harmless; failed ones are tried again.',
          kind: 'stack',
          unit: 'eps',
          queries: [{ expr: sumRate('events_consumed_total', 'service, outcome', mine), legend: '{{service}} {{outcome}}' }],
        },
        {
          title: 'Lag, p99',
          about: 'Seconds from the change to its first delivery at a consumer.',
          kind: 'lines',
          unit: 's',
          limits: [2.5, 10],
          queries: [
            { expr: quantile('event_lag_seconds', { q: 0.99, by: 'service', matchers: mine }), legend: '{{service}}' },
          ],
        },
        {
          title: 'Handling time, p95, by type',
          about: 'The fifteen slowest types: seconds that handling one event takes.',
          kind: 'lines',
          unit: 's',
          queries: [
            {
              expr: `topk(15, ${quantile('event_handling_duration_seconds', { q: 0.95, by: 'type', matchers: mine })})`,
              legend: '{{type}}',
            },
          ],
        },
        {
          title: 'Gave up',
          about: 'Events in the chosen time that were parked, by service; `npm run events -- parked` shows them.',
          kind: 'lines',
          unit: 'none',
          queries: [
            { expr: `sum by (service) (${series('dead_letters_parked', mine)})`, legend: '{{service}} parked now' },
            {
              expr: `topk(10, sum by (service, type) (increase(${series('dead_letters_total', mine)}[$__range])))`,
              legend: '{{service}} {{type}} gave up',
            },
          ],
        },
      ],
    },
    {
      title: 'Sagas and jobs',
      panels: [
        {
          title: 'Checkout steps without an answer in time',
          about: 'A minute; orders asks again.',
          kind: 'lines',
          unit: 'short',
          queries: [{ expr: `sum(${sumRate('checkout_steps_overdue_total', 'service')}) * 60`, legend: 'steps' }],
        },
        {
          title: 'Jobs',
          about: 'Runs a minute of the services’ own jobs, by outcome.',
          kind: 'lines',
          unit: 'short',
          queries: [
            { expr: `${sumRate('job_runs_total', 'service, name, outcome', mine)} * 60`, legend: '{{service}} {{name}} {{outcome}}' },
          ],
        },
        {
          title: 'Job time, p95',
          about: 'Seconds that one run takes.',
          kind: 'lines',
          unit: 's',
          queries: [
            { expr: quantile('job_duration_seconds', { q: 0.95, by: 'service, name', matchers: mine }), legend: '{{service}} {{name}}' },
          ],
        },
        {
          title: 'Cache of the services',
          about: 'Share of look-ups that were found.',
          kind: 'lines',
          unit: 'percentunit',
          queries: [
            {
              expr: `${sumRate('cache_requests_total', 'service', `${mine},result="hit"`)} / ${sumRate('cache_requests_total', 'service', mine)}`,
              legend: '{{service}}',
            },
          ],
        },
      ],
    },
  ],
}; // prettier-ignore
