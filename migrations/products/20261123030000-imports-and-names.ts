import { Migration } from '@mikro-orm/migrations';

/** Rows of an import that are tried together, and names to search by the words that a dictionary leaves out. */
export class ImportsAndNames extends Migration {
  readonly breaks = {
    backfill: 'before the first release: no table has rows, and no older version runs',
    'drop-index-blocks': 'before the first release: no table has rows, and no older version runs',
    'index-blocks-writes': 'before the first release: no table has rows, and no older version runs',
    'required-column': 'before the first release: no table has rows, and no older version runs',
  };

  override up(): void {
    this.addSql(`alter table import_row add column part int`);
    this.addSql(`update import_row set part = row`);
    this.addSql(`alter table import_row alter column part set not null`);
    this.addSql(`drop index import_row_pending`);
    this.addSql(`create index import_row_pending on import_row (job_id, part, row) where state = 'PENDING'`);
    this.addSql(
      `create index product_name_words on product using gin (to_tsvector('simple', name_key)) where status = 'ACTIVE'`,
    );
  }

  override down(): void {
    this.addSql(`drop index product_name_words`);
    this.addSql(`drop index import_row_pending`);
    this.addSql(`create index import_row_pending on import_row (job_id, row) where state = 'PENDING'`);
    this.addSql(`alter table import_row drop column part`);
  }
}
