import { EventWebhook } from '@sendgrid/eventwebhook';
import { z } from 'zod';

/** Seconds by which SendGrid's clock may differ from ours, and a report may be late. */
const TOLERANCE_SECONDS = 600;

const report = z.object({
  event: z.string(),
  notification_id: z.uuid().optional(),
  /** `bounce`, or `blocked` when the refusal may pass. */
  type: z.string().optional(),
});

type SendgridReport = z.output<typeof report>;

export type SendgridEvents = {
  /** The reports of a signed request that are in our shape; null when the signature or its time is wrong. */
  read(
    body: Buffer,
    headers: { readonly signature: string | undefined; readonly timestamp: string | undefined },
    now: Date,
  ): SendgridReport[] | null;
};

/** Reads SendGrid's signed event webhook (ECDSA over timestamp and body). `publicKey` as SendGrid shows it. */
export function createSendgridEvents(publicKey: string): SendgridEvents {
  const webhook = new EventWebhook();
  const key = webhook.convertPublicKeyToECDSA(publicKey);
  return {
    read: (body, { signature, timestamp }, now) => {
      if (signature === undefined || timestamp === undefined || !/^\d{9,11}$/.test(timestamp)) return null;
      if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) return null;
      if (!genuine(webhook, key, { body, signature, timestamp })) return null;
      // Other systems may send through the same account: a report that is not of our mails must not cost those beside it.
      return z
        .array(z.unknown())
        .parse(JSON.parse(body.toString()))
        .flatMap(each => report.safeParse(each).data ?? []);
    },
  };
}

type Signed = { readonly body: Buffer; readonly signature: string; readonly timestamp: string };

function genuine(
  webhook: EventWebhook,
  key: ReturnType<EventWebhook['convertPublicKeyToECDSA']>,
  signed: Signed,
): boolean {
  try {
    return webhook.verifySignature(key, signed.body, signed.signature, signed.timestamp);
  } catch {
    // The SDK throws on text that is not a signature at all; that is one more way of being wrong.
    return false;
  }
}
