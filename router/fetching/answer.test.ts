import { expect, test } from 'vitest';

import { readAnswer } from './answer.ts';

const read = (errors: readonly unknown[]) =>
  readAnswer(200, 'application/json', JSON.stringify({ data: { a: 1 }, errors }));

test('what is wrong with an error does not cost the data beside it', () => {
  for (const path of [5, {}, 'abc', null, [null], [1.5], [{ a: 1 }]])
    expect(read([{ message: 'no', path }])).toEqual({ data: { a: 1 }, errors: [{ message: 'no' }] });
  expect(read([{ message: 7, extensions: 'x', path: ['a', 0] }])).toEqual({
    data: { a: 1 },
    errors: [{ path: ['a', 0] }],
  });
});
