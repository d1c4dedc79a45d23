import { Migration } from '@mikro-orm/migrations';

/** Customers whose account is gone: what the provider still holds of them is deleted there, too. */
export class ForgottenCustomers extends Migration {
  override up(): void {
    this.addSql(
      `create table forgotten_customers (customer_id uuid primary key, at timestamptz not null default now())`,
    );
  }

  override down(): void {
    this.addSql(`drop table forgotten_customers`);
  }
}
