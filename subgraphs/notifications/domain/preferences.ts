import { invalid } from '#platform/errors.ts';

import { channels, topics, type Channel, type Topic } from './notification.ts';

export type Preference = { readonly topic: Topic; readonly channels: readonly Channel[] };

/** What holds until a customer says otherwise. Advertising needs a yes first (GDPR, ePrivacy article 13). */
const defaults: Record<Topic, readonly Channel[]> = {
  account: ['EMAIL', 'IN_APP'],
  orders: ['EMAIL', 'IN_APP'],
  shipping: ['EMAIL', 'IN_APP'],
  marketing: [],
};

const known = <T extends string>(list: readonly T[], value: string): value is T =>
  list.some(item => item === value);

/** Every topic with its channels: what was stored, else the default. */
export function effective(stored: readonly Preference[]): Preference[] {
  return topics.map(topic => ({ topic, channels: channelsOf(topic, stored) }));
}

/** The channels on which a customer hears about a topic. */
export function channelsOf(topic: Topic, stored: readonly Preference[]): readonly Channel[] {
  return stored.find(preference => preference.topic === topic)?.channels ?? defaults[topic];
}

/** Checks a customer's choice. Account mail proves who someone is, so its e-mail cannot be switched off. */
export function choose(
  input: readonly { readonly topic: string; readonly channels: readonly string[] }[],
): Preference[] {
  const seen = new Set<string>();
  return input.map(({ topic, channels: wanted }, index) => {
    if (!known(topics, topic)) {
      throw invalid(`"${topic.slice(0, 40)}" is not a topic; topics are ${topics.join(', ')}`, [
        'input',
        `${index}`,
        'topic',
      ]);
    }
    if (seen.has(topic)) throw invalid(`the topic ${topic} is given twice`, ['input', `${index}`, 'topic']);
    seen.add(topic);
    const chosen = channels.filter(channel => wanted.includes(channel));
    if (topic === 'account' && !chosen.includes('EMAIL')) {
      throw invalid(
        'account mails cannot be switched off',
        ['input', `${index}`, 'channels'],
        'ACCOUNT_MAIL_REQUIRED',
      );
    }
    return { topic, channels: chosen };
  });
}

/** Whether a mail about a topic may go out. `suppressed`: topics this address refuses; `*` after a bounce or complaint. */
export function mayMail(topic: Topic, chosen: readonly Channel[], suppressed: readonly string[]): boolean {
  if (topic === 'account') return true;
  return chosen.includes('EMAIL') && !suppressed.includes('*') && !suppressed.includes(topic);
}
