import { type Database } from '#platform/database.ts';
import { type Routes, readBody, sendError } from '#platform/http.ts';

import { recordDeliveryReports, type DeliveryReport } from '../actions/record-delivery-reports.ts';

/** A report as SendGrid sends it. */
type Report = {
  readonly event: string;
  readonly type?: string | undefined;
  readonly notification_id?: string | undefined;
};

/** Reads the reports of a signed request; null when it is not SendGrid's. */
type ReadReports = (
  body: Buffer,
  headers: { readonly signature: string | undefined; readonly timestamp: string | undefined },
  now: Date,
) => readonly Report[] | null;

const largest = 1_048_576;

/** SendGrid's event names in our words; opens, clicks and the like tell us nothing that we ask for. */
function reportOf({ event, type, notification_id: notificationId }: Report): DeliveryReport[] {
  if (notificationId === undefined) return [];
  switch (event) {
    case 'delivered':
      return [{ notificationId, what: 'delivered' }];
    case 'bounce':
      return [{ notificationId, what: type === 'blocked' ? 'blocked' : 'bounced' }];
    case 'dropped':
      return [{ notificationId, what: 'blocked' }];
    case 'spamreport':
      return [{ notificationId, what: 'complained' }];
    default:
      return [];
  }
}

const header = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** SendGrid's event webhook. Without a verification key the route does not exist. */
export function sendgridRoutes(db: Database, read: ReadReports | null): Routes {
  if (read === null) return {};
  return {
    'POST /webhooks/sendgrid': async (request, response) => {
      const body = await readBody(request, largest);
      const signed = {
        signature: header(request.headers['x-twilio-email-event-webhook-signature']),
        timestamp: header(request.headers['x-twilio-email-event-webhook-timestamp']),
      };
      const reports = read(body, signed, new Date());
      if (reports === null) {
        sendError(response, 403, 'FORBIDDEN', 'The signature is wrong.');
        return;
      }
      await recordDeliveryReports(db, reports.flatMap(reportOf));
      response.writeHead(204).end();
    },
  };
}
