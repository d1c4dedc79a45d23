import { Migration } from '@mikro-orm/migrations';

/** Refunds that came to nothing: the news that one was made may come after the news of its end. */
export class FailedRefunds extends Migration {
  override up(): void {
    this.addSql(
      `create table failed_refund (refund_id uuid primary key, order_id uuid not null references orders, at timestamptz not null default now())`,
    );
  }

  override down(): void {
    this.addSql('drop table failed_refund');
  }
}
