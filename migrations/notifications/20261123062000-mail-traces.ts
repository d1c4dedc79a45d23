import { Migration } from '@mikro-orm/migrations';

/** What a mail is sent because of, so that logs and traces of the sending belong to it. */
export class MailTraces extends Migration {
  override up(): void {
    this.addSql(`alter table notifications add column correlation_id text, add column traceparent text`);
  }

  override down(): void {
    this.addSql(`alter table notifications drop column correlation_id, drop column traceparent`);
  }
}
