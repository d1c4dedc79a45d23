import { expect, test } from 'vitest';

import { readEnv, secret } from './config.ts';

const shape = { GUEST_TOKEN_SECRET: secret() };
const copied = 'change-me-change-me-change-me-change-me';

test.each(['ENVIRONMENT', 'NODE_ENV'])('production by %s takes no secret out of an example', name => {
  expect(() => readEnv(shape, { [name]: 'production', GUEST_TOKEN_SECRET: copied })).toThrow(
    'bad configuration\n  GUEST_TOKEN_SECRET: looks like the value of an example',
  );
});

test('development takes it, and nobody a short one', () => {
  expect(readEnv(shape, { GUEST_TOKEN_SECRET: copied })).toEqual({ GUEST_TOKEN_SECRET: copied });
  expect(() => readEnv(shape, { GUEST_TOKEN_SECRET: 'short' })).toThrow('at least 32 bytes');
});
