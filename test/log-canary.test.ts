import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import { customers, staff } from '../embedded/sample/accounts.ts';
import { loadSample } from '../embedded/sample/load.ts';
import { type Client, createClient } from './support/client.ts';
import { type Processes, startProcesses } from './support/processes.ts';
import { checkout, fillCart, findVariants, until } from './support/shopping.ts';
import { takeTour } from './support/tour.ts';

// All that must not be found in any line that any service writes, however talkative it is told to be.
const shipping = {
  name: 'Zephyrine Quillfeather',
  line1: '77 Canary Wharfage',
  city: 'Kanarienburg',
  postalCode: 'K4N-4R1',
  country: 'DE',
};
const email = 'zephyrine.quillfeather@canary.example';
const password = 'kanarienvogel-im-bergwerk-1';
const wrong = 'not-the-password-of-the-canary';
const secrets = new Set<string>([
  ...Object.values(shipping).filter(value => value !== 'DE'),
  email,
  password,
  wrong,
  ...[staff, ...customers].flatMap(account => [account.email, account.password]),
]);
/** Values that are secret by the name of their field, wherever in an answer they stand. */
const collect = (value: unknown): void => {
  if (value === null || typeof value !== 'object') return;
  for (const [key, each] of Object.entries(value)) {
    if (typeof each === 'string' && /token$|secret$|clientSecret|redirectUrl/i.test(key) && each.length > 8)
      secrets.add(each);
    else collect(each);
  }
};

let processes: Processes;
let client: Client;
beforeAll(async () => {
  processes = await startProcesses({ LOG_LEVEL: 'trace' });
  const plain = createClient(processes.url);
  client = {
    ...plain,
    run: async (...asked) => {
      const answer = await plain.run(...asked);
      collect(answer.data);
      return answer;
    },
    send: async (...asked) => {
      const answer = await plain.send(...asked);
      collect(answer.data);
      return answer;
    },
  };
  for (const [name, value] of Object.entries(processes.env))
    if (/_SECRET$|_KEY$|_DATABASE_URL$/.test(name)) secrets.add(value);
  await loadSample(processes.url, staff);
}, 180_000);

const mailTo = async (to: string, subject: RegExp): Promise<string> => {
  type Mail = { readonly subject: string; readonly text: string };
  const mails = await until(
    async () =>
      (await (
        await fetch(`${processes.url}/mailbox.json?to=${encodeURIComponent(to)}`)
      ).json()) as readonly Mail[],
    found => found.some(mail => subject.test(mail.subject)),
  );
  return mails.find(mail => subject.test(mail.subject))?.text ?? '';
};

test('a whole life of the shop at the most talkative level tells nothing that is private', async () => {
  await takeTour(client, { lines: 2, first: 5, shipping });

  // Somebody new: registers, verifies, forgets the password, signs in wrongly, pays with a card that is refused.
  const input = { email, password, firstName: 'Zephyrine', lastName: 'Quillfeather' };
  const registered = await client.run('Register', { input });
  const token = registered.data.register.tokens.accessToken as string;
  const tokenOf = (mail: string): string => {
    const found = decodeURIComponent(/token=([\w.%-]+)/.exec(mail)?.[1] ?? '');
    expect(found).not.toBe('');
    secrets.add(found);
    return found;
  };
  const verification = tokenOf(await mailTo(email, /./));
  await client.send('mutation V($token: String!) { emailVerify(token: $token) { __typename } }', {
    token: verification,
  });
  await client.run('SignIn', { email, password: wrong });
  await client.run('SignIn', { email: `${email} `, password: `${password}\u0000` });
  await client.send('mutation R($email: String!) { passwordResetRequest(email: $email) }', { email });
  await client.run('AddressAdd', { input: { ...shipping }, defaultShipping: true }, token);
  const [variant] = await findVariants(client, 1);
  const lines = [{ variantId: variant?.id ?? '', quantity: 1 }];
  const basket = await fillCart(client, { lines, token, shipping });
  for (const method of ['pm_card_chargeDeclined', 'pm_card_none', 'pm_card_visa'])
    await checkout(client, basket, { token, method });
  await mailTo(email, /order/i);

  // Things that go wrong, since errors tell most: tokens that are none, values that are none, a service that is away.
  await client.run('Account', {}, `${token.slice(0, -3)}xyz`);
  await client.run('AddressAdd', { input: { ...shipping, postalCode: 7, line1: null } }, token);
  await client.run('AddressAdd', { input: { ...shipping, line1: `${shipping.line1}\u0000` } }, token);
  await client.run('GuestOrder', { number: 'A-1', token: email });
  await processes.kill('payments', 'SIGKILL');
  const other = await fillCart(client, { lines, email, shipping });
  await checkout(client, other, { email, key: randomUUID() });
  await processes.start('payments');
  await processes.kill('users', 'SIGKILL');
  await client.run('SignIn', { email, password });
  await processes.start('users');
  await processes.rabbit.stop();
  await client.send('mutation R($email: String!) { passwordResetRequest(email: $email) }', { email });
  await until(
    async () => processes.lines,
    found => found.some(line => line.includes('event bus is unreachable')),
  );

  const all = processes.lines.join('\n');
  expect(processes.lines.length).toBeGreaterThan(200);
  for (const service of ['router', 'users', 'orders', 'payments', 'notifications'])
    expect(all).toContain(`"service":"${service}"`);
  const leaks = processes.lines.filter(
    line =>
      [...secrets].some(secret => line.includes(secret)) ||
      // Whoever's they are: e-mail addresses, tokens, keys, cards, hashes.
      /[\w.+-]+@[\w-]+\.[a-z]{2,}|eyJ[\w-]{10}|\b[sr]k_(test|live)_|whsec_|pm_card|_secret_|\$argon2/.test(
        line,
      ),
  );
  expect(leaks.slice(0, 5)).toEqual([]);
}, 120_000);
