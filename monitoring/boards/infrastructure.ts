import { type Board } from '../board.ts';
import { rate, series } from '../promql.ts';
import { service } from './variables.ts';

const mine = 'service=~"$service"';
const of = (job: string, more = ''): string =>
  `{job="${job}",environment=~"$environment"${more === '' ? '' : `,${more}`}}`;
const disks = of('node', 'fstype!~"tmpfs|overlay|squashfs|ramfs|devtmpfs"');

export const infrastructure: Board = {
  name: 'infrastructure',
  title: 'Infrastructure',
  about: 'CPU, memory and event loop of the processes; RabbitMQ, Redis, and the machines.',
  variables: [service],
  rows: [
    {
      title: 'Processes',
      panels: [
        {
          title: 'CPU',
          about: 'Cores in use by each process. A Node process has one for JavaScript: at 1 it is full.',
          kind: 'lines',
          unit: 'cores',
          limits: [0.7, 0.95],
          queries: [{ expr: `sum by (service, instance) (${rate('process_cpu_seconds_total', mine)})`, legend: '{{service}} {{instance}}' }],
        },
        {
          title: 'Memory of its limit',
          about: 'Share of the memory that the container, or the machine, gives to the process. At 100 % the kernel ends it.',
          kind: 'lines',
          unit: 'percentunit',
          limits: [0.75, 0.9],
          queries: [
            {
              expr: `max by (service, instance) (${series('process_resident_memory_bytes', mine)} / ${series('memory_limit_bytes', mine)})`,
              legend: '{{service}} {{instance}}',
            },
          ],
        },
        {
          title: 'Memory',
          about: 'Resident bytes by process.',
          kind: 'lines',
          unit: 'bytes',
          queries: [{ expr: `sum by (service, instance) (${series('process_resident_memory_bytes', mine)})`, legend: '{{service}} {{instance}}' }],
        },
        {
          title: 'Heap in use',
          about: 'JavaScript objects. A saw-tooth is garbage collection, a floor that rises for days is a leak.',
          kind: 'lines',
          unit: 'bytes',
          queries: [{ expr: `sum by (service, instance) (${series('nodejs_heap_size_used_bytes', mine)})`, legend: '{{service}} {{instance}}' }],
        },
        {
          title: 'Event loop, p99',
          about: 'Seconds that a turn of the event loop is late: everything of the process waits as long.',
          kind: 'lines',
          unit: 's',
          limits: [0.1, 0.25],
          queries: [{ expr: `max by (service, instance) (${series('nodejs_eventloop_lag_p99_seconds', mine)})`, legend: '{{service}} {{instance}}' }],
        },
        {
          title: 'Open files',
          about: 'Share of the file descriptors that the process may open; a subscription takes two.',
          kind: 'lines',
          unit: 'percentunit',
          limits: [0.7, 0.85],
          queries: [
            {
              expr: `max by (service, instance) (${series('process_open_fds', mine)} / ${series('process_max_fds', mine)})`,
              legend: '{{service}} {{instance}}',
            },
          ],
        },
        {
          title: 'Starts',
          about: 'Starts of each service in the chosen time. More than your deploys: it crashes.',
          kind: 'stat',
          unit: 'none',
          width: 24,
          queries: [{ expr: `sum by (service) (changes(${series('process_start_time_seconds', mine)}[$__range]))`, legend: '{{service}}' }],
        },
      ],
    },
    {
      title: 'RabbitMQ',
      panels: [
        {
          title: 'Messages that wait',
          about: 'By queue: events, those that wait for their next try, and those that are parked.',
          kind: 'stack',
          unit: 'none',
          queries: [{ expr: `sum by (queue) (rabbitmq_detailed_queue_messages_ready${of('rabbitmq', 'queue!~"amq[.].*"')})`, legend: '{{queue}}' }],
        },
        {
          title: 'Consumers',
          about: 'Consumers of each queue of events; 0: nobody works on it.',
          kind: 'lines',
          unit: 'none',
          queries: [{ expr: `sum by (queue) (rabbitmq_detailed_queue_consumers${of('rabbitmq', 'queue=~".*events"')})`, legend: '{{queue}}' }],
        },
        {
          title: 'Published and delivered',
          about: 'Messages a second, all queues.',
          kind: 'lines',
          unit: 'ops',
          queries: [
            { expr: `sum(rate(rabbitmq_global_messages_received_total${of('rabbitmq')}[$__rate_interval]))`, legend: 'published' },
            { expr: `sum(rate(rabbitmq_global_messages_delivered_total${of('rabbitmq')}[$__rate_interval]))`, legend: 'delivered' },
            { expr: `sum(rate(rabbitmq_global_messages_acknowledged_total${of('rabbitmq')}[$__rate_interval]))`, legend: 'acknowledged' },
          ],
        },
        {
          title: 'Memory and disk',
          about: 'Memory of its watermark, and of the disk what may still be used. At the watermark publishers are stopped.',
          kind: 'lines',
          unit: 'percentunit',
          limits: [0.7, 0.9],
          queries: [
            { expr: `max(rabbitmq_process_resident_memory_bytes${of('rabbitmq')} / rabbitmq_resident_memory_limit_bytes${of('rabbitmq')})`, legend: 'memory' },
            { expr: `max(rabbitmq_disk_space_available_limit_bytes${of('rabbitmq')} / rabbitmq_disk_space_available_bytes${of('rabbitmq')})`, legend: 'disk limit of what is free' },
          ],
        },
        {
          title: 'Connections and channels',
          about: 'Open ones. Each subgraph has two connections.',
          kind: 'lines',
          unit: 'none',
          queries: [
            { expr: `sum(rabbitmq_connections${of('rabbitmq')})`, legend: 'connections' },
            { expr: `sum(rabbitmq_channels${of('rabbitmq')})`, legend: 'channels' },
          ],
        },
      ],
    },
    {
      title: 'Redis',
      panels: [
        {
          title: 'Memory of Redis',
          about: 'Bytes in use, and the limit where one is set.',
          kind: 'lines',
          unit: 'bytes',
          queries: [{ expr: `sum by (instance) (redis_memory_used_bytes${of('redis')})`, legend: '{{instance}}' }],
        },
        {
          title: 'Commands',
          about: 'Commands a second.',
          kind: 'lines',
          unit: 'ops',
          queries: [{ expr: `sum by (instance) (rate(redis_commands_processed_total${of('redis')}[$__rate_interval]))`, legend: '{{instance}}' }],
        },
        {
          title: 'Clients',
          about: 'Connected clients: two or three of each process.',
          kind: 'lines',
          unit: 'none',
          queries: [{ expr: `sum by (instance) (redis_connected_clients${of('redis')})`, legend: '{{instance}}' }],
        },
        {
          title: 'Found and evicted',
          about: 'Share of look-ups that found their key, and keys a second that had to go for want of memory.',
          kind: 'lines',
          unit: 'short',
          queries: [
            {
              expr: `sum(rate(redis_keyspace_hits_total${of('redis')}[$__rate_interval])) / (sum(rate(redis_keyspace_hits_total${of('redis')}[$__rate_interval])) + sum(rate(redis_keyspace_misses_total${of('redis')}[$__rate_interval])))`,
              legend: 'found',
            },
            { expr: `sum(rate(redis_evicted_keys_total${of('redis')}[$__rate_interval]))`, legend: 'evicted' },
          ],
        },
      ],
    },
    {
      title: 'Machines',
      panels: [
        {
          title: 'CPU of machines',
          about: 'Share of all cores that is busy.',
          kind: 'lines',
          unit: 'percentunit',
          limits: [0.7, 0.9],
          queries: [{ expr: `1 - avg by (instance) (rate(node_cpu_seconds_total${of('node', 'mode="idle"')}[$__rate_interval]))`, legend: '{{instance}}' }],
        },
        {
          title: 'Memory of machines',
          about: 'Share that is taken.',
          kind: 'lines',
          unit: 'percentunit',
          limits: [0.8, 0.9],
          queries: [{ expr: `1 - node_memory_MemAvailable_bytes${of('node')} / node_memory_MemTotal_bytes${of('node')}`, legend: '{{instance}}' }],
        },
        {
          title: 'Disk, taken',
          about: 'Share of each file system. At 100 % PostgreSQL stops.',
          kind: 'lines',
          unit: 'percentunit',
          limits: [0.8, 0.9],
          queries: [{ expr: `max by (instance, mountpoint) (1 - node_filesystem_avail_bytes${disks} / node_filesystem_size_bytes${disks})`, legend: '{{instance}} {{mountpoint}}' }],
        },
        {
          title: 'Disk, traffic',
          about: 'Bytes a second that are read and written.',
          kind: 'lines',
          unit: 'Bps',
          queries: [
            { expr: `sum by (instance) (rate(node_disk_read_bytes_total${of('node')}[$__rate_interval]))`, legend: '{{instance}} read' },
            { expr: `sum by (instance) (rate(node_disk_written_bytes_total${of('node')}[$__rate_interval]))`, legend: '{{instance}} written' },
          ],
        },
        {
          title: 'Network',
          about: 'Bytes a second, without the loopback.',
          kind: 'lines',
          unit: 'Bps',
          queries: [
            { expr: `sum by (instance) (rate(node_network_receive_bytes_total${of('node', 'device!="lo"')}[$__rate_interval]))`, legend: '{{instance}} in' },
            { expr: `sum by (instance) (rate(node_network_transmit_bytes_total${of('node', 'device!="lo"')}[$__rate_interval]))`, legend: '{{instance}} out' },
          ],
        },
        {
          title: 'Last backup',
          about: 'When the last backup of all six databases has succeeded.',
          kind: 'stat',
          unit: 'dateTimeFromNow',
          width: 12,
          queries: [{ expr: `max(shop_backup_last_success_timestamp_seconds${of('node')}) * 1000`, legend: 'backup' }],
        },
      ],
    },
  ],
}; // prettier-ignore
