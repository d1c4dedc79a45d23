import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';

import { selectOperation } from '../planning/operation.ts';
import { measureOperations } from './document-size.ts';
import { createLimits, limits, nulFault } from './limits.ts';

const checks = createLimits(limits);
const repeat = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');
const nested = (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`;
/** Each fragment spreads the next one twice: 2^levels fields in a few hundred bytes. */
const doubling = (levels: number, how: (next: string) => string) =>
  `{ ...F0 } ${repeat(levels, i => `fragment F${i} on T { ${how(`...F${i + 1}`)} }`)} fragment F${levels} on T { a }`;
const refusal = (source: string): string => {
  try {
    checks.read(source);
    return 'taken';
  } catch (error) {
    expect(error).toMatchObject({ extensions: { http: { status: 400 } } });
    return (error as Error).message;
  }
};

describe('a document', () => {
  test.each<[string, string, string, RegExp]>([
    ['depth', nested(limits.depth), nested(limits.depth + 1), /nested at most 15/],
    ['depth by fragments', `{ ...F } fragment F on T ${nested(15)}`, `{ b { ...F } } fragment F on T ${nested(15)}`, /nested/],
    ['aliases', `{ x { ${repeat(30, i => `a${i}: b`)} } }`, `{ x { ${repeat(31, i => `a${i}: b`)} } }`, /at most 30 aliases/],
    ['aliases by fragments', `{ x { ...F } y { ...F } } fragment F on T { ${repeat(15, i => `a${i}: b`)} }`, `{ x { ...F } y { ...F } } fragment F on T { ${repeat(16, i => `a${i}: b`)} }`, /aliases/],
    ['root fields', `{ ${repeat(20, i => `a${i}`)} }`, `{ ${repeat(21, i => `a${i}`)} }`, /at most 20 root fields/],
    ['directives', `{ ${repeat(10, i => `a${i} ${'@d '.repeat(5)}`)} }`, `{ ${repeat(10, i => `a${i} ${'@d '.repeat(5)}`)} b @d }`, /at most 50 directives/],
    ['directives of one field', `{ a ${'@d '.repeat(10)} }`, `{ a ${'@d '.repeat(11)} }`, /A field may use at most 10/],
    ['directives of a variable', `query($a: Int ${'@d '.repeat(10)}) { a }`, `query($a: Int ${'@d '.repeat(11)}) { a }`, /A field may use at most 10/],
    ['breadth', `{ x { ${repeat(200, i => `a${i}`)} } }`, `{ x { ${repeat(201, i => `a${i}`)} } }`, /side by side/],
    ['breadth by fragments', `{ x { b ...F } } fragment F on T { ${repeat(199, i => `a${i}`)} }`, `{ x { b c ...F } } fragment F on T { ${repeat(199, i => `a${i}`)} }`, /side by side/],
    ['repeats', `{ x { a ${'a '.repeat(100)} } }`, `{ x { a ${'a '.repeat(101)} } }`, /repeat at most 100/],
    ['repeats by fragments', `{ x { ${repeat(101, i => `...F${i}`)} } } ${repeat(101, i => `fragment F${i} on T { a }`)}`, `{ x { ${repeat(102, i => `...F${i}`)} } } ${repeat(102, i => `fragment F${i} on T { a }`)}`, /repeat at most 100/],
    ['deferred fragments', `{ x { ${repeat(30, i => `... @defer { a${i} }`)} } }`, `{ x { ${repeat(31, i => `... @defer { a${i} }`)} } }`, /defer at most 30/],
    ['deferred fragments in fragments', `{ ${repeat(15, i => `x${i} { ...F }`)} } fragment F on T { ...G @defer } fragment G on T { ... @defer { a } }`, `{ ${repeat(16, i => `x${i} { ...F }`)} } fragment F on T { ...G @defer } fragment G on T { ... @defer { a } }`, /defer at most 30/],
    ['list items', `{ a(b: [${'1 '.repeat(1_000)}]) }`, `{ a(b: [${'1 '.repeat(1_001)}]) }`, /A list or an object may hold at most 1000/],
    ['nested arguments', `{ a(b: ${'['.repeat(15)}${']'.repeat(15)}) }`, `{ a(b: ${'['.repeat(17)}1${']'.repeat(17)}) }`, /Arguments may be nested/],
    ['operations', repeat(100, i => `query Q${i} { a }`), repeat(101, i => `query Q${i} { a }`), /at most 100 operations/],
    ['tokens', `{ a(b: [${'1 '.repeat(990)}], c: [${'1 '.repeat(990)}]) }`, `{ ${'a '.repeat(2_000)} }`, /tokens/],
    ['response keys', '{ a: __typename }', '{ __proto__: a }', /not allowed/],
  ])('%s: taken up to the limit, refused above it', (_name, fine, tooBig, message) => {
    expect(refusal(fine)).toBe('taken');
    expect(refusal(tooBig)).toMatch(message);
  }); // prettier-ignore

  test.each([8, 12, 16, 22, 30])(
    'with fragments doubling over %i levels is refused without being spread out',
    levels => {
      for (const how of [
        (next: string) => `b { ${next} } c: b { ${next} }`,
        (next: string) => `${next} ... on T { ${next} }`,
        (next: string) => `... on T { ${next} } ... on T { ${next} }`,
      ])
        expect(refusal(doubling(levels, how))).toMatch(
          levels > 10 ? /too much/ : /too much|aliases|repeat|side by side/,
        );
    },
  );
  test('sizes are exact, and linear work: 2^200 fields', () => {
    const [size] = measureOperations(parse(doubling(200, next => `${next} ${next}`)));
    expect(size).toMatchObject({ selections: 2 ** 200, depth: 1, rootFields: 1 });
  });
  test('with circular fragments is left to validation', () => {
    expect(checks.excesses(parse('{ ...A } fragment A on T { a ...B } fragment B on T { b ...A }'))).toEqual(
      [],
    );
  });
  test('that cannot be read says where, with status 400', () => {
    expect(() => checks.read('{ a')).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'GRAPHQL_PARSE_FAILED' }) }),
    );
  });
  test('that is too big fails validation too, for validators that parse for themselves', () => {
    const schema = buildSchema('type Query { a: Query }');
    expect(validate(schema, parse(nested(16)), [checks.rule]).map(error => error.message)).toEqual([
      'Fields may be nested at most 15 levels deep.',
    ]);
  });
});

describe('variables', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
  test.each<[string, unknown, string | null]>([
    ['as deep as allowed', deep(16), null],
    ['deeper', deep(17), 'Variables may be nested at most 15 levels deep.'],
    ['a long list', { a: Array.from({ length: 1_000 }, () => 1) }, null],
    ['a longer one', { a: Array.from({ length: 1_001 }, () => 1) }, 'A list or an object may hold at most 1000 items.'],
    ['an object of many fields', { a: Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`k${i}`, i])) }, 'A list or an object may hold at most 1000 items.'],
    ['many lists', { a: Array.from({ length: 11 }, () => Array.from({ length: 1_000 }, () => 1)) }, 'Variables may hold at most 10000 values.'],
    ['NUL in a text', { a: ['\0'] }, nulFault],
    ['NUL in a key', { a: { 'b\0': 1 } }, nulFault],
  ])('%s', (_name, value, fault) => {
    expect(checks.valueFault(value)).toBe(fault);
    expect(checks.requestFault('Q', value as Record<string, unknown>)).toBe(fault);
  }); // prettier-ignore
  test('an operation name has an end', () => {
    expect(checks.requestFault('x'.repeat(256), {})).toBeNull();
    expect(checks.requestFault('x'.repeat(257), {})).toMatch(/at most 256/);
  });
  test('page sizes, as literals and as variables', () => {
    const operation = selectOperation(parse('query($n: Int) { a(first: $n) { b(last: 3) } }'), null);
    const check = operation && checks.pageSizeCheck(operation);
    expect([check?.({ n: 100 }), check?.({ n: 101 }), check?.({ n: 0 }), check?.({})]).toEqual([
      null, 'A page holds 1 to 100 items.', 'A page holds 1 to 100 items.', null,
    ]); // prettier-ignore
  });
});
