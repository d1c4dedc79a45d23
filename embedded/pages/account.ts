import { type IncomingMessage } from 'node:http';

import { type Routes, readBody } from '#platform/http.ts';

import { escaped, page, sendPage } from '../../subgraphs/notifications/api/html.ts';
import { type Ask } from './ask.ts';

const verify =
  'mutation ($token: String!) { emailVerify(token: $token) { __typename ... on UserError { message } } }';
const reset = `mutation ($token: String!, $newPassword: String!) {
  passwordReset(token: $token, newPassword: $newPassword) { __typename ... on SignInSuccess { tokens { accessToken } } ... on UserError { message } }
}`;

const tokenOf = (request: IncomingMessage): string =>
  new URL(request.url ?? '/', 'http://page').searchParams.get('token') ?? '';
const formTo = (path: string, token: string, inside: string): string =>
  `<form method="post" action="${path}?token=${encodeURIComponent(token)}">${inside}</form>`;

/** The fields of a form that was sent. */
export async function fieldsOf(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams((await readBody(request, 10_000)).toString());
}

/** A page of a few words. */
export const words = (title: string, text: string): string => page(title, `<p>${escaped(text)}</p>`);

/** Where mails lead to that confirm an address or set a password. GET changes nothing: mail scanners open every link. */
export function accountPages(ask: Ask): Routes {
  const passwordForm = (token: string, refusal: string | null): string =>
    page(
      'Set a new password',
      `${refusal === null ? '' : `<p role="alert">${escaped(refusal)}</p>`}${formTo(
        '/reset-password',
        token,
        '<label>New password, at least 12 characters<input type="password" name="password" minlength="12" maxlength="128" autocomplete="new-password" required autofocus></label><button>Set password</button>',
      )}`,
    );
  return {
    'GET /verify-email': (request, response) => {
      const form = formTo('/verify-email', tokenOf(request), '<button>Confirm</button>');
      sendPage(response, 200, page('Is this your e-mail address?', form));
    },
    'POST /verify-email': async (request, response) => {
      await readBody(request, 10_000);
      const reply = await ask(verify, { token: tokenOf(request) });
      if ('refusal' in reply) sendPage(response, 400, words('Not confirmed', reply.refusal));
      else sendPage(response, 200, words('Confirmed', 'Thank you. This e-mail address is yours.'));
    },
    'GET /reset-password': (request, response) =>
      sendPage(response, 200, passwordForm(tokenOf(request), null)),
    'POST /reset-password': async (request, response) => {
      const token = tokenOf(request);
      const newPassword = (await fieldsOf(request)).get('password') ?? '';
      const reply = await ask<{ tokens: { accessToken: string } }>(reset, { token, newPassword });
      if ('refusal' in reply) {
        sendPage(response, 400, passwordForm(token, reply.refusal));
        return;
      }
      // Setting it signs in; nobody is there to go on with that session.
      await ask('mutation { signOut }', {}, reply.ok.tokens.accessToken);
      sendPage(response, 200, words('Done', 'Your new password holds. Sign in with it wherever you like.'));
    },
  };
}
