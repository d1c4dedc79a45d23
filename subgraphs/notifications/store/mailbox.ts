import { type Database } from '#platform/database.ts';

/** A mail as the local mailbox keeps it. */
export type MailboxMail = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly links: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly sentAt: Date;
};

const columns =
  'id, sender as "from", recipient as "to", subject, html, text, links, headers, sent_at as "sentAt"';

/** Mails that the mailbox keeps; older ones are forgotten. */
const kept = 1_000;

/** Puts a mail into the mailbox; the same mail twice is there once. */
export async function putIntoMailbox(db: Database, mail: Omit<MailboxMail, 'sentAt'>): Promise<void> {
  await db.query(
    `insert into mailbox (id, sender, recipient, subject, html, text, links, headers) values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)
     on conflict do nothing`,
    [
      mail.id,
      mail.from,
      mail.to,
      mail.subject,
      mail.html,
      mail.text,
      [...mail.links],
      JSON.stringify(mail.headers),
    ],
  );
}

/** The newest mails, newest first; `to` narrows to one recipient. */
export function newestMails(db: Database, limit: number, to: string | null): Promise<MailboxMail[]> {
  return db.query(
    `select ${columns} from mailbox where $2::text is null or lower(recipient) = lower($2) order by sent_at desc, id desc limit $1`,
    [limit, to],
  );
}

/** One mail. */
export async function mailboxMail(db: Database, id: string): Promise<MailboxMail | null> {
  const [mail] = await db.query<MailboxMail>(`select ${columns} from mailbox where id = $1`, [id]);
  return mail ?? null;
}

/** Forgets all but the newest mails. */
export async function trimMailbox(db: Database): Promise<void> {
  await db.query(
    'delete from mailbox where (sent_at, id) < (select sent_at, id from mailbox order by sent_at desc, id desc offset $1 limit 1)',
    [kept],
  );
}
