import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { type Breaker, createBreaker } from './breaker.ts';

let changes: string[];
let breaker: Breaker;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  changes = [];
  breaker = createBreaker(5_000, state => changes.push(state));
});
afterEach(() => vi.useRealTimers());

const fail = (times: number): void => {
  for (let time = 0; time < times; time += 1) breaker.failed(true);
};

test('ten faults in a row open it; one request tries after a while, the others are kept away', () => {
  fail(9);
  breaker.succeeded();
  fail(9);
  expect(breaker.admits()).toBe(true);
  fail(1);
  expect([breaker.state, breaker.admits()]).toEqual(['open', false]);
  vi.advanceTimersByTime(4_999);
  expect(breaker.admits()).toBe(false);
  vi.advanceTimersByTime(1);
  expect([breaker.admits(), breaker.state, breaker.admits()]).toEqual([true, 'half-open', false]);
  breaker.succeeded();
  expect([breaker.state, breaker.admits()]).toEqual(['closed', true]);
  expect(changes).toEqual(['open', 'half-open', 'closed']);
  // It begins anew: what was before does not count.
  fail(9);
  expect(breaker.state).toBe('closed');
});

test('more than half of at least twenty in ten seconds open it', () => {
  for (let time = 0; time < 9; time += 1) {
    breaker.succeeded();
    fail(1);
  }
  fail(1);
  expect(breaker.state).toBe('closed');
  fail(1);
  expect(breaker.state).toBe('open');
});

test('faults that are spread over time do not', () => {
  for (let time = 0; time < 60; time += 1) {
    vi.advanceTimersByTime(1_000);
    fail(1);
    if (time % 3 === 0) breaker.succeeded();
  }
  expect(breaker.state).toBe('closed');
});

test('a try that fails opens it again, whosever fault that is', () => {
  fail(10);
  for (const fault of [true, false]) {
    vi.advanceTimersByTime(5_000);
    expect(breaker.admits()).toBe(true);
    breaker.failed(fault);
    expect([breaker.state, breaker.admits()]).toEqual(['open', false]);
  }
});

test('failures that are nobody’s fault do not count', () => {
  for (let time = 0; time < 100; time += 1) breaker.failed(false);
  expect(breaker.state).toBe('closed');
});
