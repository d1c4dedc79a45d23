import { describe, expect, test } from 'vitest';

import { topicMatches, topicsOf, webhookTopics, webhookUrl } from './webhook.ts';

const types = ['order.placed', 'order.cancelled', 'stock.low'];

describe('topics', () => {
  test.each([
    ['order.placed', 'order.placed', true],
    ['order.*', 'order.placed', true],
    ['*', 'stock.low', true],
    ['order.*', 'orders.placed', false],
    ['order', 'order.placed', false],
    ['order.place', 'order.placed', false],
  ])('%s against %s: %s', (topic, type, matches) => {
    expect(topicMatches(topic, type)).toBe(matches);
    expect(topicsOf(type).includes(topic)).toBe(matches);
  });

  test('duplicates are dropped', () => {
    expect(webhookTopics(['order.*', 'order.*', ' stock.low '], types)).toEqual(['order.*', 'stock.low']);
  });

  test.each([
    [[], 'TOPICS_EMPTY'],
    [['weather.changed'], 'TOPIC_UNKNOWN'],
    [['weather.*'], 'TOPIC_UNKNOWN'],
    [['order.placed', ''], 'TOPIC_UNKNOWN'],
    [Array.from({ length: 51 }, (_, n) => `order.${n}`), 'TOPICS_TOO_MANY'],
  ])('%j is refused', (topics, code) => {
    expect(() => webhookTopics(topics, types)).toThrow(
      expect.objectContaining({ type: 'ValidationError', code }),
    );
  });
});

describe('addresses', () => {
  test.each([
    ['https://example.com/hook', 'https://example.com/hook'],
    ['https://example.com/hook#part', 'https://example.com/hook'],
    // Odd spellings of numbers become what they mean, so that the guard sees it.
    ['https://0x7f.1/', 'https://127.0.0.1/'],
    ['https://2130706433/', 'https://127.0.0.1/'],
  ])('%s is taken as %s', (text, url) => {
    expect(webhookUrl(text, { httpsOnly: true })).toBe(url);
  });

  test.each([
    'http://example.com',
    'ftp://example.com',
    'gopher://example.com',
    'nonsense',
    'https://user:secret@example.com',
    `https://example.com/${'x'.repeat(2_048)}`,
  ])('%s is refused in production', url => {
    expect(() => webhookUrl(url, { httpsOnly: true })).toThrow(
      expect.objectContaining({ code: 'URL', field: ['url'] }),
    );
  });

  test('plain http is for development only', () => {
    expect(webhookUrl('http://example.com/', { httpsOnly: false })).toBe('http://example.com/');
  });
});
