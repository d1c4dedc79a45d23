import sendgrid from '@sendgrid/mail';

import { type Tracing, traced } from '#platform/tracing.ts';

import { type MailOutcome, type MailTransport } from './mail.ts';

const TIMEOUT_MS = 10_000;
const call = {
  name: 'sendgrid POST /v3/mail/send',
  attributes: { 'http.request.method': 'POST', 'url.template': '/v3/mail/send' },
};

/** The answer that SendGrid's SDK puts into its errors. */
type SdkError = { readonly code?: unknown; readonly response?: unknown };

/** Sends mail through SendGrid's SDK; `baseUrl` points it to another host, such as a stand-in. */
export function createSendgrid(
  settings: { readonly apiKey: string; readonly baseUrl: string | null },
  tracing: Tracing,
): MailTransport {
  // The package exports one shared instance with its class on it; its typings only know the instance.
  const { MailService } = sendgrid as unknown as { MailService: new () => typeof sendgrid };
  const service = new MailService();
  service.setApiKey(settings.apiKey);
  service.setTimeout(TIMEOUT_MS);
  if (settings.baseUrl !== null) {
    // The SDK keeps its client to itself; its typings offer no way to another host.
    const { client } = service as unknown as {
      client: { setDefaultRequest(key: string, value: string): void };
    };
    client.setDefaultRequest('baseUrl', settings.baseUrl);
  }
  return {
    send: async mail => {
      try {
        const [answer] = await traced(tracing, call, () =>
          service.send({
            from: mail.from,
            // As an object: the SDK reads text as `Name <address>`.
            to: { email: mail.to },
            subject: mail.subject,
            text: mail.text,
            html: mail.html,
            headers: { ...mail.headers },
            customArgs: { notification_id: mail.id },
            // Rewritten links would send people's sign-in tokens through a third party.
            trackingSettings: {
              clickTracking: { enable: false, enableText: false },
              openTracking: { enable: false },
            },
          }),
        );
        const id: unknown = (answer.headers as Record<string, unknown>)['x-message-id'];
        return { kind: 'accepted', providerId: typeof id === 'string' ? id : null };
      } catch (error) {
        return outcomeOf(error as SdkError);
      }
    },
    close: async () => {},
  };
}

/** 400 and 413 are about this mail; a wrong key, a limit or an outage is not, and passes (docs.sendgrid.com, API errors). */
function outcomeOf({ code, response }: SdkError): MailOutcome {
  const reason = `sendgrid ${typeof code === 'number' || typeof code === 'string' ? code : 'unreachable'}`;
  return response !== undefined && (code === 400 || code === 413)
    ? { kind: 'refused', reason }
    : { kind: 'later', reason };
}
