import { expect, test } from 'vitest';

import { GRAPHQL_RESPONSE, JSON_RESPONSE, answerType, asksForPlainJson } from './media-type.ts';

// What clients send unless told otherwise.
test.each([
  ['fetch, curl, Apollo Client 3', '*/*', JSON_RESPONSE],
  ['Apollo Client 4', 'application/graphql-response+json,application/json;q=0.9', GRAPHQL_RESPONSE],
  ['graphql-request', 'application/graphql-response+json, application/json', GRAPHQL_RESPONSE],
  ['axios', 'application/json, text/plain, */*', JSON_RESPONSE],
  [
    'Apollo Kotlin',
    'multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json',
    GRAPHQL_RESPONSE,
  ],
  ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', JSON_RESPONSE],
  ['with its encoding', 'application/json; charset=utf-8', JSON_RESPONSE],
  ['that likes one more', 'application/json;q=0.5, application/graphql-response+json', GRAPHQL_RESPONSE],
  ['that refuses one', '*/*, application/json;q=0', GRAPHQL_RESPONSE],
  ['that takes neither', 'text/plain', undefined],
  ['that names a property of all objects', '__proto__', undefined],
])('what a client of this kind gets: %s', (_client, accept, type) => {
  // The second time it is remembered.
  expect([answerType(accept), answerType(accept)]).toEqual([type, type]);
});

test('a client without Accept gets JSON', () => {
  expect([answerType(undefined), answerType('')]).toEqual([JSON_RESPONSE, JSON_RESPONSE]);
});

test.each([
  ['application/json', true],
  ['Application/JSON; charset=utf-8', true],
  ['application/json, */*', false],
  ['application/json+x', false],
  ['application/graphql-response+json, application/json', false],
  ['', false],
])('whether %j asks for plain JSON and nothing else', (accept, plain) => {
  expect(asksForPlainJson(accept)).toBe(plain);
});
