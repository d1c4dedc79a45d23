import { type RuleGroup, ofShop, shopLabels } from '../rule.ts';

const services = ['users', 'products', 'inventory', 'orders', 'payments', 'notifications', 'router'];

export const availability: RuleGroup = {
  name: 'availability',
  alerts: [
    {
      name: 'ServiceDown',
      severity: 'page',
      expr: 'up{job="shop"} == 0',
      for: '2m',
      summary: '{{ $labels.service }} on {{ $labels.instance }} does not answer',
      description: 'Prometheus cannot reach its admin port. What this service owns may be missing from pages.',
      fires: { series: { [ofShop('up', 'orders')]: '1x3 0x10' }, at: '10m', labels: shopLabels('orders') },
      silent: { series: { [ofShop('up', 'orders')]: '1x5 0 1x10' }, at: '10m' },
    },
    {
      name: 'ServiceMissing',
      severity: 'page',
      expr: services.map(name => `absent(up{job="shop",service="${name}"})`).join('\nor\n'),
      for: '5m',
      summary: 'no process of {{ $labels.service }} is known',
      description: 'Prometheus finds nothing to scrape: all of its pods are gone, or it was never started.',
      fires: {
        series: Object.fromEntries(services.slice(1).map(name => [ofShop('up', name), '1x20'])),
        at: '10m',
        labels: { job: 'shop', service: 'users' },
      },
      silent: { series: Object.fromEntries(services.map(name => [ofShop('up', name), '1x20'])), at: '10m' },
    },
    {
      name: 'SubgraphBreakerOpen',
      severity: 'page',
      // It is half-open for a moment every few seconds.
      expr: 'max by (environment, subgraph) (max_over_time(gateway_subgraph_breaker_state{job="shop"}[1m])) == 2',
      for: '3m',
      summary: 'the router does not ask {{ $labels.subgraph }} any more',
      description: 'Too many requests failed. Its fields are null with SUBGRAPH_UNAVAILABLE until a trial request succeeds.',
      fires: {
        series: { [ofShop('gateway_subgraph_breaker_state', 'router', 'subgraph="payments"')]: '0 2 1 2 1 2 1 2 1 2 1' },
        at: '8m',
        labels: { environment: 'production', subgraph: 'payments' },
      },
      silent: {
        series: { [ofShop('gateway_subgraph_breaker_state', 'router', 'subgraph="payments"')]: '0 2 1 0x10' },
        at: '5m',
      },
    },
    {
      name: 'SubgraphOverloaded',
      severity: 'page',
      expr: 'sum by (environment, subgraph) (rate(gateway_subgraph_rejected_total{job="shop",reason="concurrency"}[5m])) > 1',
      for: '5m',
      summary: '{{ $labels.subgraph }} leaves so many requests unanswered that more are refused',
      description: '{{ $value | humanize }} requests a second end with OVERLOADED before they are sent.',
      fires: {
        series: { [ofShop('gateway_subgraph_rejected_total', 'router', 'subgraph="orders",reason="concurrency"')]: '0+120x20' },
        at: '15m',
        labels: { environment: 'production', subgraph: 'orders' },
        value: '2',
      },
      silent: {
        series: { [ofShop('gateway_subgraph_rejected_total', 'router', 'subgraph="orders",reason="concurrency"')]: '0+30x20' },
        at: '15m',
      },
    },
    {
      name: 'OrdersStopped',
      severity: 'page',
      expr: 'sum by (environment) (increase(orders_placed_total{job="shop"}[30m])) == 0\nand\nsum by (environment) (increase(orders_placed_total{job="shop"}[30m] offset 1d)) > 10',
      for: '5m',
      summary: 'nobody has placed an order for half an hour',
      description: 'Yesterday at this time there were more than ten. Whatever else says: try a checkout yourself.',
      fires: {
        series: { [ofShop('orders_placed_total', 'orders')]: '0+5x290 1450x40' },
        interval: '5m',
        at: '25h',
        labels: { environment: 'production' },
      },
      silent: { series: { [ofShop('orders_placed_total', 'orders')]: '0+5x330' }, interval: '5m', at: '25h' },
    },
    {
      name: 'SupergraphRefused',
      severity: 'ticket',
      expr: 'sum by (environment) (increase(gateway_supergraph_updates_total{job="shop",result="refused"}[1h])) > 0',
      for: '0m',
      summary: 'a new supergraph cannot be served',
      description: 'The router keeps the old one, so nothing is broken; what was deployed is not there either.',
      fires: {
        series: { [ofShop('gateway_supergraph_updates_total', 'router', 'result="refused"')]: '0x5 1x10' },
        at: '10m',
        labels: { environment: 'production' },
      },
      silent: {
        series: { [ofShop('gateway_supergraph_updates_total', 'router', 'result="served"')]: '0x5 1x10' },
        at: '10m',
      },
    },
    {
      name: 'SupergraphUnread',
      severity: 'ticket',
      expr: 'sum by (environment, instance) (increase(gateway_supergraph_updates_total{job="shop",result="unread"}[15m])) > 3',
      for: '15m',
      summary: '{{ $labels.instance }} cannot look for a new supergraph',
      description: 'Its file is away, or Uplink does not answer. It serves the last good one; what is published does not reach it.',
      fires: {
        series: { [ofShop('gateway_supergraph_updates_total', 'router', 'result="unread"')]: '0+6x60' },
        at: '40m',
        labels: { environment: 'production', instance: 'router:9100' },
      },
      silent: {
        series: { [ofShop('gateway_supergraph_updates_total', 'router', 'result="unread"')]: '0x20 2x40' },
        at: '40m',
      },
    },
    {
      name: 'SupergraphsDiffer',
      severity: 'ticket',
      expr: 'count by (environment) (count by (environment, schema_hash) (gateway_supergraph_info{job="shop"})) > 1',
      for: '15m',
      summary: 'routers serve different supergraphs',
      description: 'The same operation is answered by one router and refused by another: an update has not reached all of them.',
      fires: {
        series: {
          [ofShop('gateway_supergraph_info', 'router', 'schema_hash="a"')]: '1x30',
          [ofShop('gateway_supergraph_info', 'router', 'schema_hash="b",pod="2"')]: '1x30',
        },
        at: '20m',
        labels: { environment: 'production' },
      },
      silent: {
        series: {
          [ofShop('gateway_supergraph_info', 'router', 'schema_hash="a"')]: '1x30',
          [ofShop('gateway_supergraph_info', 'router', 'schema_hash="a",pod="2"')]: '1x30',
        },
        at: '20m',
      },
    },
    {
      name: 'MigrationsBehind',
      severity: 'ticket',
      expr: 'max by (environment, service) (migration_version{job="shop"}) != min by (environment, service) (migration_version{job="shop"})',
      for: '30m',
      summary: 'processes of {{ $labels.service }} have started on different migrations',
      description: 'Old processes still run beside new ones half an hour after a migration: the rollout hangs.',
      fires: {
        series: {
          [ofShop('migration_version', 'orders')]: '20261122100000x60',
          [ofShop('migration_version', 'orders', 'pod="2"')]: '20261123100000x60',
        },
        at: '40m',
        labels: { environment: 'production', service: 'orders' },
      },
      silent: {
        series: {
          [ofShop('migration_version', 'orders')]: '20261122100000x20 20261123100000x40',
          [ofShop('migration_version', 'orders', 'pod="2"')]: '20261123100000x60',
        },
        at: '40m',
      },
    },
    {
      name: 'CertificateEndsSoon',
      severity: 'ticket',
      expr: 'tls_certificate_expires_timestamp_seconds{job="shop"} - time() < 14 * 86400',
      for: '1h',
      summary: 'the certificate of {{ $labels.instance }} ends within two weeks',
      description: 'It ends in {{ $value | humanizeDuration }}. Whatever renews it has not done so.',
      fires: {
        series: { [ofShop('tls_certificate_expires_timestamp_seconds', 'router')]: '871200x120' },
        at: '2h',
        labels: shopLabels('router'),
        value: '10d 0h 0m 0s',
      },
      silent: { series: { [ofShop('tls_certificate_expires_timestamp_seconds', 'router')]: '2000000x120' }, at: '2h' },
    },
    {
      name: 'CertificateEnds',
      severity: 'page',
      expr: 'tls_certificate_expires_timestamp_seconds{job="shop"} - time() < 2 * 86400',
      for: '10m',
      summary: 'the certificate of {{ $labels.instance }} ends within two days',
      description: 'It ends in {{ $value | humanizeDuration }}; then no client connects any more.',
      fires: {
        series: { [ofShop('tls_certificate_expires_timestamp_seconds', 'router')]: '93600x120' },
        at: '2h',
        labels: shopLabels('router'),
        value: '1d 0h 0m 0s',
      },
      silent: { series: { [ofShop('tls_certificate_expires_timestamp_seconds', 'router')]: '871200x120' }, at: '2h' },
    },
  ],
}; // prettier-ignore
