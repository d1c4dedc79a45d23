import { createTransport } from 'nodemailer';

import { type Tracing, traced } from '#platform/tracing.ts';

import { type MailTransport } from './mail.ts';

const TIMEOUT_MS = 10_000;
const call = { name: 'smtp send', attributes: { 'network.protocol.name': 'smtp' } };

/** What nodemailer's errors say beside their text, which may hold addresses. */
type SmtpError = { readonly code?: string; readonly responseCode?: number };

/** Sends mail to an SMTP server, `smtp://` or `smtps://`, over a small pool of connections. */
export function createSmtp(url: string, tracing: Tracing): MailTransport {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 5,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS * 2,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async mail => {
      try {
        // The same Message-ID at every try lets mail servers drop a repetition.
        const domain = /@([^\s>]+)/.exec(mail.from)?.[1] ?? 'localhost';
        const sent = await traced(tracing, call, () =>
          transport.sendMail({
            messageId: `<${mail.id}@${domain}>`,
            from: mail.from,
            to: { name: '', address: mail.to },
            subject: mail.subject,
            text: mail.text,
            html: mail.html,
            headers: { ...mail.headers },
          }),
        );
        return { kind: 'accepted', providerId: sent.messageId };
      } catch (error) {
        const { code, responseCode } = error as SmtpError;
        const reason = `smtp ${responseCode ?? code ?? 'failed'}`;
        // RFC 5321: 5yz is final for this mail; a refused sign-in is about our settings instead.
        const final =
          (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== undefined && responseCode >= 500;
        return final ? { kind: 'refused', reason } : { kind: 'later', reason };
      }
    },
    close: async () => transport.close(),
  };
}
