const SHORT = 100;
// Control characters, quotes, backslashes, and surrogates, which may stand alone (RFC 8259, section 7).
// oxlint-disable-next-line no-control-regex
const needsEscape = /[\u0000-\u001f"\\\ud800-\udfff]/;

/**
 * What the generated code calls for leaf values: each writes JSON, and null for what its type does not allow. A subgraph's 1e999 is read
 * as Infinity, which JSON cannot say.
 */
export const leaves = {
  /** String and ID: subgraphs may send numbers for an ID. */
  text: (value: unknown): string =>
    typeof value === 'string'
      ? // Short texts are seldom in need of escapes, and looking is cheaper than calling JSON.stringify.
        value.length < SHORT && !needsEscape.test(value)
        ? `"${value}"`
        : JSON.stringify(value)
      : Number.isFinite(value)
        ? `"${value as number}"`
        : 'null',
  /** Int: 32 bits, signed. */
  int: (value: unknown): string => (typeof value === 'number' && value === (value | 0) ? `${value}` : 'null'),
  float: (value: unknown): string => (Number.isFinite(value) ? `${value as number}` : 'null'),
  boolean: (value: unknown): string => (value === true ? 'true' : value === false ? 'false' : 'null'),
  /** Values that clients may not see, and those that no one knows, are null. */
  enumeration: (value: unknown, known: ReadonlySet<string>): string =>
    typeof value === 'string' && known.has(value) ? `"${value}"` : 'null',
  /** Scalars of the shop's own, and answers to introspection: whatever came. */
  any: (value: unknown): string => (value === undefined ? 'null' : JSON.stringify(value)),
} as const;
