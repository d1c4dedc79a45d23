import { type Database } from '#platform/database.ts';
import { type Routes, sendJson } from '#platform/http.ts';

import { mailboxMail, newestMails, type MailboxMail } from '../store/mailbox.ts';
import { escaped, page, sendPage } from './html.ts';

const shown = 200;
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

const when = (mail: MailboxMail): string =>
  `<time datetime="${mail.sentAt.toISOString()}">${mail.sentAt.toISOString().slice(0, 19).replace('T', ' ')} UTC</time>`;

function listPage(mails: readonly MailboxMail[]): string {
  const items = mails.map(
    mail =>
      `<li><a href="/mailbox/${mail.id}"><strong>${escaped(mail.subject)}</strong><span class="soft">to ${escaped(mail.to)} · ${when(mail)}</span></a></li>`,
  );
  const list =
    items.length === 0
      ? '<p class="pad soft">Nothing was sent yet. Register or place an order, then reload.</p>'
      : `<ul>${items.join('')}</ul>`;
  return page(
    'Mailbox',
    `<p class="soft">What the shop has sent, newest first. No mail leaves this machine.</p><div class="card">${list}</div>`,
  );
}

function mailPage(mail: MailboxMail): string {
  const headers = Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`);
  return page(
    mail.subject,
    `<p class="soft"><a href="/mailbox">← Mailbox</a> · from ${escaped(mail.from)} to ${escaped(mail.to)} · ${when(mail)}</p>
<div class="card"><iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${escaped(openOutside(mail.html))}"></iframe></div>
<details class="card"><summary>Text part</summary><div class="pad"><pre>${escaped(mail.text)}</pre></div></details>
${headers.length === 0 ? '' : `<details class="card"><summary>Headers</summary><div class="pad"><pre>${escaped(headers.join('\n'))}</pre></div></details>`}`,
  );
}

/** Links of the mail open beside the mailbox instead of inside its frame. */
const openOutside = (html: string): string => html.replace('<head>', '<head><base target="_blank">');

/** The local mailbox: a page of what was sent, a page per mail, and `/mailbox.json?to=` for tests. Never in production. */
export function mailboxRoutes(db: Database): Routes {
  const list = async (to: string | null): Promise<readonly MailboxMail[]> => newestMails(db, shown, to);
  return {
    'GET /mailbox': async (_request, response) => sendPage(response, 200, listPage(await list(null))),
    'GET /mailbox.json': async (request, response) => {
      const to = new URL(request.url ?? '/', 'http://mailbox').searchParams.get('to');
      sendJson(response, 200, await list(to));
    },
    'GET /mailbox/*': async (request, response) => {
      const id = (request.url ?? '').split('?')[0]?.split('/')[2] ?? '';
      const mail = uuid.test(id) ? await mailboxMail(db, id) : null;
      if (mail === null)
        sendPage(response, 404, page('No such mail', '<p><a href="/mailbox">← Mailbox</a></p>'));
      else sendPage(response, 200, mailPage(mail));
    },
  };
}
