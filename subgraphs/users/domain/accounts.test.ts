import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { chooseDefaults, cleanAddress } from './address.ts';
import { networkOf } from './client-address.ts';
import { attemptKey, lookupEmail, normaliseEmail } from './email.ts';
import { newPassword, passwordText } from './password.ts';
import { displayName, localeOf, reviewerName } from './profile.ts';
import { allScopes, grantable, lost } from './scopes.ts';

const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe('e-mail addresses', () => {
  test.each([
    [' Ada@Example.com ', 'ada@example.com'],
    ['ａｄａ@example.com', 'ada@example.com'],
    ['ada+shop@sub.example.co.uk', 'ada+shop@sub.example.co.uk'],
    ["o'brien@example.com", "o'brien@example.com"],
    ['müller@bücher.example', 'müller@bücher.example'],
  ])('%j is %j', (text, email) => {
    expect(normaliseEmail(text)).toBe(email);
    expect(lookupEmail(text)).toBe(email);
  });

  test.each([
    '', 'ada', '@example.com', 'ada@', 'ada@example', 'a@b@example.com', 'a b@example.com', 'ada@exam ple.com', 'ada@-example.com',
    '.ada@example.com', 'ada.@example.com', 'a..da@example.com', 'ada@example..com', 'ada@example.com\n', 'ada@example.com\r\nBcc: eve@example.com',
    'ada\0@example.com', '"ada"@example.com', '<ada@example.com>', 'ada@[127.0.0.1]', `${'a'.repeat(65)}@example.com`, `a@${'b.'.repeat(130)}com`, 'a\ud800@example.com',
  ])('%j is none', text => {
    expect(() => normaliseEmail(text)).toThrow(code('EMAIL'));
  }); // prettier-ignore

  test('a hostile one is refused in milliseconds', () => {
    const started = performance.now();
    expect(() => normaliseEmail(`a@${'a.'.repeat(50_000)}!`)).toThrow(code('EMAIL'));
    expect(() => normaliseEmail(`${'a'.repeat(400)}@${'a-'.repeat(200)}`)).toThrow(code('EMAIL'));
    expect(performance.now() - started).toBeLessThan(50);
  });

  test('normalising twice changes nothing', () => {
    fc.assert(
      fc.property(fc.emailAddress(), text => {
        const email = lookupEmail(text);
        expect(lookupEmail(email)).toBe(email);
      }),
    );
  });

  test('all ways to write one mailbox count as one', () => {
    const ways = [
      'ada@example.com',
      ' ADA@example.com',
      'ada+a@example.com',
      'Ada+b+c@Example.com',
      'ａda@example.com',
    ];
    expect(new Set(ways.map(attemptKey))).toEqual(new Set(['ada@example.com']));
  });
});

describe('networks that attempts are counted for', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', 'unknown'],
    ['nonsense', 'unknown'],
    ['1::2::3', 'unknown'],
    ['2001:db8', 'unknown'],
  ])('%j is in %j', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});

describe('passwords', () => {
  test.each([
    'correct-horse-battery-staple',
    'twelve chars',
    'пароль-из-слов',
    '🐎🔋🐎🔋🐎🔋🐎🔋🧲🐎🔋🧲',
    'a'.repeat(120) + 'bc',
  ])('%j is taken', password => {
    expect(newPassword(password, 'ada@example.com')).toBe(password);
  });

  test.each([
    ['eleven char', 'PASSWORD_SHORT'],
    ['🐎'.repeat(11), 'PASSWORD_SHORT'],
    ['ab1'.repeat(43), 'PASSWORD_LONG'],
    ['x'.repeat(1_000_000), 'PASSWORD_LONG'],
    ['            ', 'PASSWORD_COMMON'],
    ['abababababab', 'PASSWORD_COMMON'],
    ['PasswordPassword', 'PASSWORD_COMMON'],
    ['qwertyuiop123', 'PASSWORD_COMMON'],
    ['ada.lovelace@example.com', 'PASSWORD_COMMON'],
    ['Ada.Lovelace', 'PASSWORD_COMMON'],
    ['a password\0 with', 'CHARACTERS'],
  ])('%j is refused: %s', (password, reason) => {
    expect(() => newPassword(password, 'ada.lovelace@example.com')).toThrow(code(reason));
  });

  test('composed and decomposed letters are one password', () => {
    expect(passwordText('cafe\u0301')).toBe(passwordText('caf\u00e9'));
  });

  test('128 characters are taken whole, 129 are none', () => {
    expect(passwordText('🐎'.repeat(128))).toBe('🐎'.repeat(128));
    expect(passwordText('🐎'.repeat(129))).toBeNull();
  });
});

describe('names', () => {
  test.each([
    [{ firstName: 'Ada', lastName: 'Lovelace' }, 'Ada Lovelace', 'Ada L.'],
    [{ firstName: 'Ada', lastName: null }, 'Ada', 'Ada'],
    [{ firstName: null, lastName: 'Lovelace' }, 'Lovelace', 'Anonymous'],
    [{ firstName: null, lastName: null }, 'ada', 'Anonymous'],
    [{ firstName: 'Ada', lastName: '𝓛ovelace' }, 'Ada 𝓛ovelace', 'Ada 𝓛.'],
  ])('%j', (names, greeting, reviewer) => {
    expect(displayName({ ...names, email: 'ada@example.com' })).toBe(greeting);
    expect(reviewerName(names)).toBe(reviewer);
  });

  test.each([
    ['EN-gb', 'en-GB'],
    ['de', 'de'],
    ['zh-hant-tw', 'zh-Hant-TW'],
  ])('the locale %j is %j', (text, locale) => {
    expect(localeOf(text, 'locale')).toBe(locale);
  });
  test.each(['', '!', 'en_GB', 'x'.repeat(36), 'en\n'])('%j is no locale', text => {
    expect(() => localeOf(text, 'locale')).toThrow(code('LOCALE'));
  });
});

describe('default addresses', () => {
  const current = { defaultShippingAddressId: 'a', defaultBillingAddressId: 'b' };
  test.each([
    ['b', {}, 'a', 'b'],
    ['c', { defaultShipping: true }, 'c', 'b'],
    ['a', { defaultShipping: false, defaultBilling: false }, null, 'b'],
    ['c', { defaultShipping: false, defaultBilling: null }, 'a', 'b'],
  ])('address %s wishing %j', (id, wishes, defaultShippingAddressId, defaultBillingAddressId) => {
    expect(chooseDefaults(current, id, wishes)).toEqual({
      defaultShippingAddressId,
      defaultBillingAddressId,
    });
  });
});

describe('granting scopes', () => {
  const some = fc.subarray([...allScopes], { minLength: 1 });
  test('whoever holds them grants any scopes', () => {
    fc.assert(
      fc.property(some, some, (wanted, more) => {
        expect(grantable(wanted, [...wanted, ...more])).toEqual(wanted.toSorted());
      }),
    );
  });

  test('what is granted is never more than what is held', () => {
    fc.assert(
      fc.property(some, some, (wanted, missing) => {
        const held = allScopes.filter(scope => !missing.includes(scope));
        expect(() => grantable([...wanted, ...missing], held)).toThrow(code('SCOPE_NOT_HELD'));
      }),
    );
  });

  test('a scope that does not exist is refused even to its holder', () => {
    expect(() => grantable(['everything'], ['everything'])).toThrow(code('UNKNOWN_SCOPE'));
  });

  test('losing is about what was there before', () => {
    expect(lost(['a', 'b'], ['b', 'a', 'c'])).toBe(false);
    expect(lost(['a', 'b'], ['b'])).toBe(true);
  });
});

test('an address without a postal code is one only where there are none', () => {
  const harbour = { name: 'Ada', line1: '1 Harbour Road', city: 'Hong Kong', country: 'HK' };
  expect(cleanAddress(harbour).postalCode).toBe('');
  for (const postalCode of [undefined, null, '', ' ']) {
    expect(() => cleanAddress({ ...harbour, country: 'DE', postalCode })).toThrow(
      expect.objectContaining({ code: 'REQUIRED', field: ['input', 'postalCode'] }),
    );
  }
});
