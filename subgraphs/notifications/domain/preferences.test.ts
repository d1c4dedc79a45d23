import { describe, expect, test } from 'vitest';

import { channelsOf, choose, effective, mayMail } from './preferences.ts';

describe('preferences', () => {
  test('until somebody chooses, everything but advertising is on', () => {
    expect(effective([])).toEqual([
      { topic: 'account', channels: ['EMAIL', 'IN_APP'] },
      { topic: 'orders', channels: ['EMAIL', 'IN_APP'] },
      { topic: 'shipping', channels: ['EMAIL', 'IN_APP'] },
      { topic: 'marketing', channels: [] },
    ]);
  });

  test('a choice holds, an empty one too', () => {
    expect(channelsOf('orders', [{ topic: 'orders', channels: [] }])).toEqual([]);
  });

  test('channels are kept once and in order', () => {
    expect(choose([{ topic: 'orders', channels: ['IN_APP', 'EMAIL', 'EMAIL'] }])).toEqual([
      { topic: 'orders', channels: ['EMAIL', 'IN_APP'] },
    ]);
  });

  test.each([
    [[{ topic: 'weather', channels: [] }], 'INVALID'],
    [[{ topic: 'account', channels: ['IN_APP'] }], 'ACCOUNT_MAIL_REQUIRED'],
    [
      [
        { topic: 'orders', channels: [] },
        { topic: 'orders', channels: [] },
      ],
      'INVALID',
    ],
  ])('%j is refused', (input, code) => {
    expect(() => choose(input)).toThrow(expect.objectContaining({ code }));
  });
});

describe('whether a mail goes out', () => {
  test.each([
    ['orders', ['EMAIL'], [], true],
    ['orders', ['IN_APP'], [], false],
    ['orders', ['EMAIL'], ['orders'], false],
    ['orders', ['EMAIL'], ['shipping'], true],
    ['orders', ['EMAIL'], ['*'], false],
    ['account', [], ['*'], true],
  ] as const)('%s with %j and %j suppressed: %s', (topic, channels, suppressed, goes) => {
    expect(mayMail(topic, channels, suppressed)).toBe(goes);
  });
});
