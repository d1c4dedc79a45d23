import { type IncomingMessage } from 'node:http';

import { type Database } from '#platform/database.ts';
import { type HttpHandler, type Routes, readBody } from '#platform/http.ts';

import { readUnsubscribeToken, unsubscribe } from '../actions/unsubscribe.ts';
import { escaped, page, sendPage } from './html.ts';

const tokenOf = (request: IncomingMessage): string =>
  new URL(request.url ?? '/', 'http://unsubscribe').searchParams.get('token') ?? '';

/**
 * The unsubscribe link of mails. GET only asks, since mail scanners open every link; POST does it, from the page's button or by
 * a mail program's own button (RFC 8058).
 */
export function unsubscribeRoutes(db: Database, secret: string): Routes {
  const invalid: HttpHandler = (_request, response) =>
    sendPage(
      response,
      400,
      page(
        'This link does not work',
        '<p>It may have been cut off. Copy the whole address from the mail.</p>',
      ),
    );
  return {
    'GET /unsubscribe': (request, response) => {
      const token = tokenOf(request);
      if (readUnsubscribeToken(token, secret) === null) return invalid(request, response);
      const action = `/unsubscribe?token=${encodeURIComponent(token)}`;
      sendPage(
        response,
        200,
        page(
          'Fewer mails',
          `<p>Do you want to stop mails like this one?</p><form method="post" action="${escaped(action)}"><button>Stop these mails</button></form>`,
        ),
      );
    },
    'POST /unsubscribe': async (request, response) => {
      await readBody(request, 10_000);
      const id = readUnsubscribeToken(tokenOf(request), secret);
      if (id === null) return invalid(request, response);
      const topic = await db.transaction(tx => unsubscribe(tx, id));
      const text =
        topic === null
          ? 'There is nothing left to stop.'
          : `You will get no more mails about ${topic}. You can change that in your account.`;
      sendPage(response, 200, page('Done', `<p>${escaped(text)}</p>`));
    },
  };
}
