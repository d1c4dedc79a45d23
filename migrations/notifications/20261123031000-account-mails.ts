import { Migration } from '@mikro-orm/migrations';

const before = `'verify-email', 'password-reset', 'order-placed', 'order-failed', 'payment-failed', 'order-cancelled', 'order-refunded',
  'order-shipped', 'order-delivered', 'return-received', 'return-rejected'`;

/** Mails about a change of address and about a deleted account. */
export class AccountMails extends Migration {
  readonly breaks = {
    'constraint-at-once': 'before the first release: no table has rows, and no older version runs',
    'index-blocks-writes': 'before the first release: no table has rows, and no older version runs',
  };

  override up(): void {
    this.addSql(`alter table notifications drop constraint notifications_template_check`);
    this.addSql(
      `alter table notifications add constraint notifications_template_check check (template in (${before}, 'email-change', 'email-changed', 'account-deleted'))`,
    );
    this.addSql(
      `create index notifications_of_customer on notifications (customer_id) where customer_id is not null`,
    );
  }

  override down(): void {
    this.addSql(`drop index notifications_of_customer`);
    this.addSql(
      `delete from notifications where template in ('email-change', 'email-changed', 'account-deleted')`,
    );
    this.addSql(`alter table notifications drop constraint notifications_template_check`);
    this.addSql(
      `alter table notifications add constraint notifications_template_check check (template in (${before}))`,
    );
  }
}
