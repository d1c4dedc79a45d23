import { Migration } from '@mikro-orm/migrations';

/** How much of an order's money was really taken: less than its total where only a part was captured. Null: all of it. */
export class CapturedAmounts extends Migration {
  override up(): void {
    this.addSql('alter table orders add column captured bigint');
  }

  override down(): void {
    this.addSql('alter table orders drop column captured');
  }
}
