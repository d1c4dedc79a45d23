import { type RuleGroup, jobLabels, ofJob, ofShop, shopLabels } from '../rule.ts';

const realDisks = 'job="node",fstype!~"tmpfs|overlay|squashfs|ramfs|devtmpfs"';
const disk = (metric: string): string => ofJob(metric, 'node', 'fstype="ext4",mountpoint="/"');

export const runtime: RuleGroup = {
  name: 'runtime',
  alerts: [
    {
      name: 'RestartLoop',
      severity: 'page',
      expr: 'changes(process_start_time_seconds{job="shop"}[15m]) > 2',
      for: '0m',
      summary: '{{ $labels.service }} on {{ $labels.instance }} starts again and again',
      description: '{{ $value | humanize }} starts within fifteen minutes.',
      fires: {
        series: { [ofShop('process_start_time_seconds', 'products')]: '0 0 100 100 200 200 300 300 400 400 400' },
        at: '10m',
        labels: shopLabels('products'),
        value: '4',
      },
      silent: { series: { [ofShop('process_start_time_seconds', 'products')]: '0x3 100x10' }, at: '10m' },
    },
    {
      name: 'EventLoopLag',
      severity: 'ticket',
      expr: 'nodejs_eventloop_lag_p99_seconds{job="shop"} > 0.25',
      for: '10m',
      summary: '{{ $labels.service }} on {{ $labels.instance }} is busy computing',
      description: 'A turn of its event loop is {{ $value | humanizeDuration }} late; every request waits as long.',
      fires: {
        series: { [ofShop('nodejs_eventloop_lag_p99_seconds', 'router')]: '0.4x20' },
        at: '15m',
        labels: shopLabels('router'),
        value: '400ms',
      },
      silent: { series: { [ofShop('nodejs_eventloop_lag_p99_seconds', 'router')]: '0.02x8 0.4 0.02x20' }, at: '15m' },
    },
    {
      name: 'MemoryHigh',
      severity: 'ticket',
      expr: 'process_resident_memory_bytes{job="shop"} / memory_limit_bytes{job="shop"} > 0.9',
      for: '10m',
      summary: '{{ $labels.service }} on {{ $labels.instance }} has almost no memory left',
      description: '{{ $value | humanizePercentage }} of its limit. At 100 % the kernel ends it, and what is under way fails.',
      fires: {
        series: {
          [ofShop('process_resident_memory_bytes', 'orders')]: '475e6x20',
          [ofShop('memory_limit_bytes', 'orders')]: '500e6x20',
        },
        at: '15m',
        labels: shopLabels('orders'),
        value: '95%',
      },
      silent: {
        series: {
          [ofShop('process_resident_memory_bytes', 'orders')]: '300e6x20',
          [ofShop('memory_limit_bytes', 'orders')]: '500e6x20',
        },
        at: '15m',
      },
    },
    {
      name: 'OpenFilesHigh',
      severity: 'ticket',
      expr: 'process_open_fds{job="shop"} / process_max_fds{job="shop"} > 0.8',
      for: '10m',
      summary: '{{ $labels.service }} on {{ $labels.instance }} runs out of file descriptors',
      description: '{{ $value | humanizePercentage }} are open; without more no connection is accepted.',
      fires: {
        series: {
          [ofShop('process_open_fds', 'router')]: '900x20',
          [ofShop('process_max_fds', 'router')]: '1000x20',
        },
        at: '15m',
        labels: shopLabels('router'),
        value: '90%',
      },
      silent: {
        series: {
          [ofShop('process_open_fds', 'router')]: '500x20',
          [ofShop('process_max_fds', 'router')]: '1000x20',
        },
        at: '15m',
      },
    },
    {
      name: 'RouterWorkersEnd',
      severity: 'ticket',
      expr: 'increase(router_workers_ended_total{job="shop"}[15m]) > 2',
      for: '0m',
      summary: 'workers of the router on {{ $labels.instance }} end by themselves',
      description: '{{ $value | humanize }} in fifteen minutes; each takes its requests with it.',
      fires: {
        series: { [ofShop('router_workers_ended_total', 'router')]: '0+1x20' },
        at: '16m',
        labels: shopLabels('router'),
        value: '15',
      },
      silent: { series: { [ofShop('router_workers_ended_total', 'router')]: '0x5 1x15' }, at: '16m' },
    },
    {
      name: 'JobFails',
      severity: 'ticket',
      expr: 'sum by (environment, service, name) (increase(job_runs_total{job="shop",outcome="failed"}[15m])) > 3',
      for: '15m',
      summary: 'the job {{ $labels.name }} of {{ $labels.service }} fails',
      description: '{{ $value | humanize }} times in fifteen minutes. It is tried again at each turn; its log says why.',
      fires: {
        series: { [ofShop('job_runs_total', 'payments', 'name="follow-up",outcome="failed"')]: '0+1x60' },
        at: '40m',
        labels: { environment: 'production', service: 'payments', name: 'follow-up' },
        value: '15',
      },
      silent: {
        series: { [ofShop('job_runs_total', 'payments', 'name="follow-up",outcome="failed"')]: '0x20 1x40' },
        at: '40m',
      },
    },
    {
      name: 'DiskSpaceLow',
      severity: 'page',
      expr: `node_filesystem_avail_bytes{${realDisks}} / node_filesystem_size_bytes{${realDisks}} < 0.1`,
      for: '10m',
      summary: 'the disk {{ $labels.mountpoint }} of {{ $labels.instance }} is almost full',
      description: '{{ $value | humanizePercentage }} is free. PostgreSQL stops and RabbitMQ refuses events when it is full.',
      fires: {
        series: { [disk('node_filesystem_avail_bytes')]: '5x20', [disk('node_filesystem_size_bytes')]: '100x20' },
        at: '15m',
        labels: { ...jobLabels('node'), fstype: 'ext4', mountpoint: '/' },
        value: '5%',
      },
      silent: {
        series: { [disk('node_filesystem_avail_bytes')]: '30x20', [disk('node_filesystem_size_bytes')]: '100x20' },
        at: '15m',
      },
    },
    {
      name: 'DiskFillsUp',
      severity: 'ticket',
      expr: `predict_linear(node_filesystem_avail_bytes{${realDisks}}[6h], 3 * 86400) < 0\nand\nnode_filesystem_avail_bytes{${realDisks}} / node_filesystem_size_bytes{${realDisks}} < 0.4`,
      for: '1h',
      summary: 'the disk {{ $labels.mountpoint }} of {{ $labels.instance }} will be full within three days',
      description: 'At the pace of the last six hours.',
      fires: {
        series: {
          [disk('node_filesystem_avail_bytes')]: '39e9-2e7x500',
          [disk('node_filesystem_size_bytes')]: '100e9x500',
        },
        at: '8h',
        labels: { ...jobLabels('node'), fstype: 'ext4', mountpoint: '/' },
      },
      silent: {
        series: {
          [disk('node_filesystem_avail_bytes')]: '39e9x500',
          [disk('node_filesystem_size_bytes')]: '100e9x500',
        },
        at: '8h',
      },
    },
  ],
}; // prettier-ignore
