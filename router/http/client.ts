import { type IncomingMessage } from 'node:http';

import { newId } from '#platform/ids.ts';

import { type RequestFacts } from '../fetching/subgraph-request.ts';

/** Where a request comes from: the socket, or what the trusted proxies in front have appended to x-forwarded-for. */
export function readClient(request: IncomingMessage, trustedProxies: number): Omit<RequestFacts, 'viewer'> {
  const forwarded = trustedProxies > 0 ? request.headers['x-forwarded-for'] : undefined;
  const hops = typeof forwarded === 'string' ? forwarded.split(',').map(hop => hop.trim()) : [];
  // The last hop was written by the nearest proxy; what lies before the trusted ones is the client's own claim.
  const ip = hops.at(-trustedProxies) || request.socket.remoteAddress || '';
  return {
    client: {
      ip: (ip.startsWith('::ffff:') ? ip.slice(7) : ip).slice(0, 45),
      agent: printable(request.headers['user-agent'] ?? ''),
    },
    correlationId: newId(),
  };
}

/** One budget per IPv4 address and per IPv6 /64: whoever has one IPv6 address has 2^64. */
export function budgetKey(ip: string): string {
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = ip.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const groups =
    tail === undefined
      ? left
      : [
          ...left,
          ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'),
          ...right,
        ];
  return groups
    .slice(0, 4)
    .map(group => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}

function printable(agent: string): string {
  return (/[^\x20-\x7e]/.test(agent) ? agent.replaceAll(/[^\x20-\x7e]/g, '') : agent).slice(0, 256);
}
