/**
 * The network that attempts are counted for: an IPv4 address, or the /64 that a provider gives to one customer of IPv6
 * (RFC 6177), written in full. Anything else counts as one and the same network.
 */
export function networkOf(ip: string): string {
  const mapped = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(ip);
  if (mapped?.[1] !== undefined) return mapped[1];
  const [head = '', tail, ...rest] = (ip.split('%')[0] ?? '').toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = 8 - left.length - right.length;
  const groups =
    tail === undefined ? left : [...left, ...Array<string>(Math.max(gap, 0)).fill('0'), ...right];
  if (rest.length > 0 || groups.length !== 8 || !groups.every(group => /^[0-9a-f]{1,4}$/.test(group)))
    return 'unknown';
  return `${groups
    .slice(0, 4)
    .map(group => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
