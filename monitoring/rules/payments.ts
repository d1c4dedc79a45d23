import { type RuleGroup, ofShop } from '../rule.ts';

const stripeFails = 'outcome!~"ok|StripeCardError|StripeInvalidRequestError"';
const asked = (matchers = ''): string =>
  `sum by (environment) (rate(stripe_requests_total{job="shop"${matchers === '' ? '' : `,${matchers}`}}[5m]))`;

export const payments: RuleGroup = {
  name: 'payments',
  alerts: [
    {
      name: 'ReconciliationDiffers',
      severity: 'page',
      expr: 'max by (environment) (payments_reconciliation_differences{job="shop"}) > 0',
      for: '5m',
      summary: 'Stripe’s books and ours differ',
      description: '{{ $value | humanize }} differences in the last three hours: money that only one side knows of.',
      fires: {
        series: { [ofShop('payments_reconciliation_differences', 'payments')]: '0x3 2x20' },
        at: '15m',
        labels: { environment: 'production' },
        value: '2',
      },
      silent: { series: { [ofShop('payments_reconciliation_differences', 'payments')]: '0x20' }, at: '15m' },
    },
    {
      name: 'LedgerDiffers',
      severity: 'page',
      expr: 'max by (environment) (payments_ledger_differences{job="shop"}) > 0',
      for: '0m',
      summary: 'our own books do not agree',
      description: '{{ $value | humanize }} transactions or payments whose money is not what the ledger says. The database forbids it: somebody has written past it.',
      fires: {
        series: { [ofShop('payments_ledger_differences', 'payments')]: '0x3 1x20' },
        at: '10m',
        labels: { environment: 'production' },
        value: '1',
      },
      silent: { series: { [ofShop('payments_ledger_differences', 'payments')]: '0x20' }, at: '10m' },
    },
    {
      name: 'PaymentsStuck',
      severity: 'ticket',
      expr: 'max by (environment) (payments_overdue{job="shop"}) > 0',
      for: '30m',
      summary: 'payments find no end',
      description: '{{ $value | humanize }} are open an hour after they should have ended.',
      fires: {
        series: { [ofShop('payments_overdue', 'payments')]: '4x60' },
        at: '40m',
        labels: { environment: 'production' },
        value: '4',
      },
      silent: { series: { [ofShop('payments_overdue', 'payments')]: '4x10 0x60' }, at: '40m' },
    },
    {
      name: 'StripeFails',
      severity: 'page',
      expr: `${asked(stripeFails)} / ${asked()} > 0.1\nand\n${asked()} > 0.0333`,
      for: '5m',
      summary: 'Stripe does not answer as it should',
      description: '{{ $value | humanizePercentage }} of our requests fail; declined cards are not counted. Checkouts stay pending.',
      fires: {
        series: {
          [ofShop('stripe_requests_total', 'payments', 'outcome="ok"')]: '0+30x30',
          [ofShop('stripe_requests_total', 'payments', 'outcome="StripeConnectionError"')]: '0+30x30',
        },
        at: '20m',
        labels: { environment: 'production' },
        value: '50%',
      },
      silent: {
        series: {
          [ofShop('stripe_requests_total', 'payments', 'outcome="ok"')]: '0+30x30',
          [ofShop('stripe_requests_total', 'payments', 'outcome="StripeCardError"')]: '0+30x30',
        },
        at: '20m',
      },
    },
    {
      name: 'StripeWebhooksFail',
      severity: 'ticket',
      expr: 'sum by (environment, type, outcome) (increase(stripe_webhooks_total{job="shop",outcome=~"failed|quarantined"}[15m])) > 3',
      for: '5m',
      summary: 'webhooks of Stripe are {{ $labels.outcome }}',
      description: '{{ $value | humanize }} of {{ $labels.type }} in fifteen minutes. The follow-up asks Stripe itself, so money is only late.',
      fires: {
        series: { [ofShop('stripe_webhooks_total', 'payments', 'type="refund",outcome="quarantined"')]: '0+1x40' },
        at: '30m',
        labels: { environment: 'production', type: 'refund', outcome: 'quarantined' },
        value: '15',
      },
      silent: {
        series: { [ofShop('stripe_webhooks_total', 'payments', 'type="refund",outcome="duplicate"')]: '0+9x40' },
        at: '30m',
      },
    },
    {
      name: 'StripeWebhooksForged',
      severity: 'ticket',
      expr: 'sum by (environment) (increase(stripe_webhooks_total{job="shop",outcome="forged"}[15m])) > 5',
      for: '5m',
      summary: 'webhooks come with a wrong signature',
      description: '{{ $value | humanize }} in fifteen minutes: STRIPE_WEBHOOK_SECRET is not the endpoint’s, or somebody tries.',
      fires: {
        series: { [ofShop('stripe_webhooks_total', 'payments', 'type="other",outcome="forged"')]: '0+1x40' },
        at: '30m',
        labels: { environment: 'production' },
        value: '15',
      },
      silent: {
        series: { [ofShop('stripe_webhooks_total', 'payments', 'type="other",outcome="forged"')]: '0x10 2x40' },
        at: '30m',
      },
    },
    {
      name: 'PaymentsFail',
      severity: 'ticket',
      expr: 'sum by (environment) (increase(payments_total{job="shop",status="FAILED"}[30m])) > 10\nand\nsum by (environment) (increase(payments_total{job="shop",status="FAILED"}[30m])) > sum by (environment) (increase(payments_total{job="shop",status="AUTHORIZED"}[30m]))',
      for: '10m',
      summary: 'more payments fail than succeed',
      description: '{{ $value | humanize }} in half an hour: stolen cards are tried, or something is wrong with ours.',
      fires: {
        series: {
          [ofShop('payments_total', 'payments', 'status="FAILED"')]: '0+3x60',
          [ofShop('payments_total', 'payments', 'status="AUTHORIZED"')]: '0+1x60',
        },
        at: '50m',
        labels: { environment: 'production' },
        value: '90',
      },
      silent: {
        series: {
          [ofShop('payments_total', 'payments', 'status="FAILED"')]: '0+1x60',
          [ofShop('payments_total', 'payments', 'status="AUTHORIZED"')]: '0+9x60',
        },
        at: '50m',
      },
    },
  ],
}; // prettier-ignore
