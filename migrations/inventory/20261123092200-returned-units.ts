import { Migration } from '@mikro-orm/migrations';

/** How many units of a line have come back to its shelf, so that the next return goes to the next shelf. */
export class ReturnedUnits extends Migration {
  override up(): void {
    this.addSql('alter table reservation_lines add column returned integer not null default 0');
  }

  override down(): void {
    this.addSql('alter table reservation_lines drop column returned');
  }
}
