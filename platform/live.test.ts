import { afterEach, describe, expect, test, vi } from 'vitest';

import { notFound } from './errors.ts';
import { createLive } from './live.ts';

afterEach(() => vi.useRealTimers());

describe('following a topic', () => {
  test('what was not seen yet comes at once and after every signal; leaving ends a wait', async () => {
    const live = createLive();
    const news = [[1], [2, 3]];
    const values = live.follow(['a'], async () => news.shift() ?? []);
    expect(await values.next()).toEqual({ done: false, value: 1 });
    const more = values.next();
    live.signal('a');
    expect([await more, await values.next()]).toMatchObject([{ value: 2 }, { value: 3 }]);
    const waiting = values.next();
    await values.return?.();
    expect(await waiting).toMatchObject({ done: true });
  });
  test('a read that fails for a moment is tried again; nothing is lost', async () => {
    vi.useFakeTimers();
    const live = createLive();
    const answers = [[1], new Error('too many clients'), new Error('too many clients'), [2]];
    const values = live.follow(['a'], async () => {
      const answer = answers.shift() ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    });
    await values.next();
    const next = values.next();
    live.signal('a');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await next).toEqual({ done: false, value: 2 });
    await values.return?.();
  });
  test.each([
    ['the first read', [new Error('down')], 'down'],
    ['a refusal', [[1], notFound('the order')], 'was not found'],
    ['one that stays', [[1], ...Array.from({ length: 6 }, () => new Error('down'))], 'down'],
  ])('%s ends it with its error', async (_name, answers: (Error | number[])[], message) => {
    vi.useFakeTimers();
    const live = createLive();
    const values = live.follow(['a'], async () => {
      const answer = answers.shift() ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    });
    const all = (async () => {
      for await (const value of values) if (value === 1) live.signal('a');
    })();
    const failed = expect(all).rejects.toThrow(message);
    await vi.advanceTimersByTimeAsync(60_000);
    await failed;
  });
});
