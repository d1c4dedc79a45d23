import { expect, test } from 'vitest';

import { readCacheControl } from './cache-control.ts';

test.each([
  ['', null],
  ['public, max-age=60', { maxAge: 60, scope: 'public' }],
  ['max-age=60, PUBLIC', { maxAge: 60, scope: 'public' }],
  ['max-age="60", public', { maxAge: 60, scope: 'public' }],
  ['max-age=60', { maxAge: 60, scope: 'private' }],
  ['private, max-age=60', { maxAge: 60, scope: 'private' }],
  ['public, private, max-age=60', { maxAge: 60, scope: 'private' }],
  ['s-maxage=10, max-age=60', { maxAge: 10, scope: 'public' }],
  ['private, s-maxage=10, max-age=60', { maxAge: 60, scope: 'private' }],
  ['public, s-maxage=0, max-age=60', null],
  ['public, max-age=60, no-store', null],
  ['public, no-cache, max-age=60', null],
  ['public, max-age=-1', null],
  ['public, max-age=1e3', null],
  ['public, max-age=9999999999', { maxAge: 31_536_000, scope: 'public' }],
])('"%s"', (header, hint) => {
  expect(readCacheControl(header)).toEqual(hint);
});
