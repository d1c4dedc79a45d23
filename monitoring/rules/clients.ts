import { type RuleGroup, ofShop } from '../rule.ts';

export const clients: RuleGroup = {
  name: 'clients',
  alerts: [
    {
      name: 'RateLimitSpike',
      severity: 'ticket',
      expr: 'sum by (environment, rule) (rate(rate_limited_total{job="shop"}[5m])) > 5',
      for: '10m',
      summary: 'many requests are over their budget ({{ $labels.rule }})',
      description: '{{ $value | humanize }} a second are refused: somebody reads the whole shop, a client repeats itself, or the budget is too small.',
      fires: {
        series: { [ofShop('rate_limited_total', 'router', 'rule="requests"')]: '0+600x30' },
        at: '20m',
        labels: { environment: 'production', rule: 'requests' },
        value: '10',
      },
      silent: { series: { [ofShop('rate_limited_total', 'router', 'rule="requests"')]: '0+60x30' }, at: '20m' },
    },
    {
      name: 'PasswordsTried',
      severity: 'ticket',
      expr: 'sum by (environment) (rate(sign_ins_total{job="shop",outcome=~"refused|locked|throttled"}[10m])) > 0.5\nand\nsum by (environment) (rate(sign_ins_total{job="shop",outcome=~"refused|locked|throttled"}[10m])) > 3 * (sum by (environment) (rate(sign_ins_total{job="shop",outcome="success"}[10m])) or 0 * sum by (environment) (rate(sign_ins_total{job="shop"}[10m])))',
      for: '10m',
      summary: 'somebody tries passwords',
      description: '{{ $value | humanize }} sign-ins a second are refused, three times as many as succeed.',
      fires: {
        series: { [ofShop('sign_ins_total', 'users', 'outcome="refused"')]: '0+120x40' },
        at: '30m',
        labels: { environment: 'production' },
        value: '2',
      },
      silent: {
        series: {
          [ofShop('sign_ins_total', 'users', 'outcome="refused"')]: '0+120x40',
          [ofShop('sign_ins_total', 'users', 'outcome="success"')]: '0+600x40',
        },
        at: '30m',
      },
    },
    {
      name: 'PlansGivenUp',
      severity: 'ticket',
      expr: 'sum by (environment, reason) (rate(gateway_query_plan_stopped_total{job="shop"}[10m])) > 0.1',
      for: '10m',
      summary: 'documents are too much for the planner ({{ $labels.reason }})',
      description: '{{ $value | humanize }} a second are refused with QUERY_TOO_EXPENSIVE: hostile ones, or a client’s new page.',
      fires: {
        series: { [ofShop('gateway_query_plan_stopped_total', 'router', 'reason="deadline"')]: '0+60x40' },
        at: '30m',
        labels: { environment: 'production', reason: 'deadline' },
        value: '1',
      },
      silent: { series: { [ofShop('gateway_query_plan_stopped_total', 'router', 'reason="deadline"')]: '0+1x40' }, at: '30m' },
    },
    {
      name: 'SubscriptionsRefused',
      severity: 'ticket',
      expr: 'sum by (environment, limit) (increase(graphql_subscriptions_refused_total{job="shop"}[15m])) > 10',
      for: '5m',
      summary: 'subscriptions are refused (limit of the {{ $labels.limit }})',
      description: '{{ $value | humanize }} in fifteen minutes. Those clients see no live updates.',
      fires: {
        series: { [ofShop('graphql_subscriptions_refused_total', 'router', 'limit="router"')]: '0+10x40' },
        at: '30m',
        labels: { environment: 'production', limit: 'router' },
        value: '150',
      },
      silent: { series: { [ofShop('graphql_subscriptions_refused_total', 'router', 'limit="client"')]: '0x10 2x40' }, at: '30m' },
    },
  ],
}; // prettier-ignore
