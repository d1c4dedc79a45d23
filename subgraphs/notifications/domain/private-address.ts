/** First address and prefix length of the ranges that a webhook may never reach (IANA special-purpose registries). */
const v4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24],
  ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24],
  ['224.0.0.0', 4], ['240.0.0.0', 4],
]; // prettier-ignore

function v4Number(address: string): number | null {
  const parts = address.split('.');
  if (parts.length !== 4 || parts.some(part => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The eight groups of an IPv6 address; null when it is none. */
function v6Groups(address: string): number[] | null {
  const bare = (address.split('%')[0] ?? '').toLowerCase();
  const dotted = /^(.*:)([\d.]+)$/.exec(bare);
  const low = dotted?.[2] === undefined || !dotted[2].includes('.') ? null : v4Number(dotted[2]);
  const text =
    low === null
      ? bare
      : `${dotted?.[1]}${Math.floor(low / 65_536).toString(16)}:${(low % 65_536).toString(16)}`;
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2) return null;
  const groups = halves.map(half => (half === '' ? [] : half.split(':')));
  if (groups.flat().some(group => !/^[\da-f]{1,4}$/.test(group))) return null;
  const missing = 8 - groups.flat().length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const filled =
    halves.length === 2
      ? [...(groups[0] ?? []), ...Array<string>(missing).fill('0'), ...(groups[1] ?? [])]
      : groups.flat();
  return filled.map(group => Number.parseInt(group, 16));
}

function isPrivateV4(number: number): boolean {
  return v4.some(([first, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(number / size) === Math.floor((v4Number(first) ?? 0) / size);
  });
}

/**
 * Whether an IP address lies inside: loopback, private, link-local (cloud metadata), multicast, documentation, or IPv4
 * wrapped in IPv6. What is not an address counts as inside: the guard fails closed.
 */
export function isPrivateAddress(address: string): boolean {
  const plain = v4Number(address);
  if (plain !== null) return isPrivateV4(plain);
  const groups = v6Groups(address);
  if (groups === null) return true;
  const [g0 = 0, g1 = 0, g2 = 0, , , g5 = 0, g6 = 0, g7 = 0] = groups;
  const wrapped = g6 * 65_536 + g7;
  const zeros = groups.slice(0, 5).every(group => group === 0);
  // ::, ::1, ::a.b.c.d and ::ffff:a.b.c.d
  if (zeros && (g5 === 0 || g5 === 0xffff)) return g5 === 0 ? true : isPrivateV4(wrapped);
  // NAT64 (RFC 6052, RFC 8215), 6to4 and Teredo carry an IPv4 address.
  if (g0 === 0x64 && g1 === 0xff9b) return g2 !== 0 || isPrivateV4(wrapped);
  if (g0 === 0x2002) return isPrivateV4(g1 * 65_536 + g2);
  if (g0 === 0x2001 && (g1 === 0 || g1 === 0xdb8)) return true;
  // Only 2000::/3 is handed out for the public network.
  return g0 < 0x2000 || g0 > 0x3fff;
}
