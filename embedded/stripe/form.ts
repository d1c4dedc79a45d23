/** A decoded form: what Stripe calls "parameters". Every leaf is text. */
export type Params = { readonly [name: string]: Param };
export type Param = string | Params | readonly Param[];

type Node = Map<string, Node | string>;

/**
 * Decodes Stripe's form encoding, `metadata[a]=1&expand[0]=x&types[]=card`, into nested objects and arrays.
 * An object whose keys are 0…n-1 becomes an array.
 */
export function decodeForm(text: string): Params {
  const root: Node = new Map();
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [...name.matchAll(/[^[\]]+|\[\]/g)].map(part => part[0]);
    let node = root;
    for (const [depth, part] of path.entries()) {
      const key = part === '[]' ? String(node.size) : part;
      if (depth === path.length - 1) node.set(key, value);
      else {
        const below = node.get(key);
        const next: Node = below instanceof Map ? below : new Map();
        node.set(key, next);
        node = next;
      }
    }
  }
  return Object.fromEntries([...root].map(([key, value]) => [key, settle(value)]));
}

function settle(node: Node | string): Param {
  if (typeof node === 'string') return node;
  const keys = [...node.keys()];
  if (keys.length > 0 && keys.every((key, index) => key === String(index)))
    return [...node.values()].map(settle);
  return Object.fromEntries([...node].map(([key, value]) => [key, settle(value)]));
}

/** A text parameter; null when absent or empty, since Stripe reads an empty value as "unset". */
export function text(params: Params, name: string): string | null {
  const value = params[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A whole number; null when absent, NaN when it is something else. */
export function integer(params: Params, name: string): number | null {
  const value = text(params, name);
  return value === null ? null : /^-?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
}

/** A nested object; empty when absent. */
export function nested(params: Params, name: string): Params {
  const value = params[name];
  return typeof value === 'object' && !Array.isArray(value) ? (value as Params) : {};
}

/** A list of texts; empty when absent. */
export function texts(params: Params, name: string): readonly string[] {
  const value = params[name];
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}
