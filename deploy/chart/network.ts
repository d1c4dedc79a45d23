import { type Manifest } from '../support/helm.ts';

/** Who may take part in a connection: a pod of the release, one of another namespace, or an address outside of the cluster. */
export type Party =
  | { readonly labels: Readonly<Record<string, string>>; readonly namespace: string; readonly ports?: Ports }
  | { readonly ip: string };
/** Named ports of a pod. */
type Ports = Readonly<Record<string, number>>;

const releaseNamespace = 'shop';

/** Whether the policies, read as Kubernetes defines them, let `from` open a TCP connection to a port of `to`. */
export function allows(policies: readonly Manifest[], from: Party, to: Party, port: number): boolean {
  return (
    oneSide(policies, from, 'Egress', rule => isPort(rule.ports, to, port) && isAmong(rule.to, to)) &&
    oneSide(policies, to, 'Ingress', rule => isPort(rule.ports, to, port) && isAmong(rule.from, from))
  );
}

function oneSide(
  policies: readonly Manifest[],
  party: Party,
  type: 'Ingress' | 'Egress',
  accepts: (rule: Manifest) => boolean,
): boolean {
  if ('ip' in party || party.namespace !== releaseNamespace) return true;
  const own = policies.filter(
    ({ spec }) => spec.policyTypes.includes(type) && selects(spec.podSelector, party.labels),
  );
  return own.length === 0 || own.some(({ spec }) => (spec[type.toLowerCase()] ?? []).some(accepts));
}

// A list that is not there or empty means everything.
const open = (list: Manifest): boolean => list === undefined || list === null || list.length === 0;

function isPort(ports: Manifest, to: Party, port: number): boolean {
  const named: Ports = 'labels' in to ? (to.ports ?? {}) : {};
  return (
    open(ports) ||
    ports.some(
      (rule: Manifest) =>
        (rule.protocol ?? 'TCP') === 'TCP' &&
        (typeof rule.port === 'string' ? named[rule.port] : rule.port) === port,
    )
  );
}

function isAmong(peers: Manifest, party: Party): boolean {
  return open(peers) || peers.some((peer: Manifest) => isPeer(peer, party));
}

function isPeer(peer: Manifest, party: Party): boolean {
  if (peer.ipBlock !== undefined)
    return (
      'ip' in party &&
      within(party.ip, peer.ipBlock.cidr) &&
      !(peer.ipBlock.except ?? []).some((cidr: string) => within(party.ip, cidr))
    );
  if ('ip' in party) return false;
  const namespace = { 'kubernetes.io/metadata.name': party.namespace };
  const here = peer.namespaceSelector
    ? selects(peer.namespaceSelector, namespace)
    : party.namespace === releaseNamespace;
  return here && (peer.podSelector === undefined || selects(peer.podSelector, party.labels));
}

function selects(selector: Manifest, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
}

function within(ip: string, cidr: string): boolean {
  const [base = '', bits = '32'] = cidr.split('/');
  const number = (text: string): number => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return Math.floor(number(ip) / size) === Math.floor(number(base) / size);
}
