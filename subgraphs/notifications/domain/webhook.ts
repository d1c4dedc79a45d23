import { invalid } from '#platform/errors.ts';

/** How far a delivery has come. */
export type DeliveryState = 'PENDING' | 'DELIVERED' | 'FAILED';

/** Longest endpoint address that is taken. */
const LONGEST_URL = 2_048;
const MOST_TOPICS = 50;

/** Whether an event type falls under a topic: the type itself, a prefix such as `order.*`, or `*`. */
export function topicMatches(topic: string, type: string): boolean {
  if (topic === '*') return true;
  return topic.endsWith('.*') ? type.startsWith(topic.slice(0, -1)) : topic === type;
}

/** Every topic under which an event type falls. */
export function topicsOf(type: string): string[] {
  const parts = type.split('.');
  return ['*', ...parts.slice(1).map((_, index) => `${parts.slice(0, index + 1).join('.')}.*`), type];
}

/** Checks the topics of an endpoint against the events that may leave the shop; duplicates are dropped. */
export function webhookTopics(wanted: readonly string[], types: readonly string[]): string[] {
  const unique = [...new Set(wanted.map(topic => topic.trim()))];
  if (unique.length === 0) throw invalid('at least one topic is needed', 'topics', 'TOPICS_EMPTY');
  if (unique.length > MOST_TOPICS)
    throw invalid(`at most ${MOST_TOPICS} topics are taken`, 'topics', 'TOPICS_TOO_MANY');
  const strange = unique.find(topic => !types.some(type => topicMatches(topic, type)));
  if (strange !== undefined) {
    throw invalid(
      `"${strange.slice(0, 60)}" is not an event that can be delivered`,
      'topics',
      'TOPIC_UNKNOWN',
    );
  }
  return unique;
}

/** Checks the form of an endpoint's address; whether it leads inside is checked where it is resolved. */
export function webhookUrl(text: string, rule: { readonly httpsOnly: boolean }): string {
  if (text.length > LONGEST_URL)
    throw invalid(`the URL is longer than ${LONGEST_URL} characters`, 'url', 'URL');
  if (!URL.canParse(text)) throw invalid('this is not a URL', 'url', 'URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && (rule.httpsOnly || url.protocol !== 'http:')) {
    throw invalid(
      rule.httpsOnly ? 'the URL must start with https://' : 'the URL must start with https:// or http://',
      'url',
      'URL',
    );
  }
  if (url.username !== '' || url.password !== '')
    throw invalid('the URL must not hold a user name or password', 'url', 'URL');
  url.hash = '';
  return url.href;
}
