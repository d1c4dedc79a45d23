import { Migration } from '@mikro-orm/migrations';

/** Reviews that staff have hidden, with the reason. */
export class ReviewModeration extends Migration {
  readonly breaks = {
    'constraint-at-once': 'before the first release: no table has rows, and no older version runs',
    'index-blocks-writes': 'before the first release: no table has rows, and no older version runs',
  };

  override up(): void {
    this.addSql(`alter table review
      add column status text not null default 'PUBLISHED' check (status in ('PUBLISHED', 'HIDDEN')),
      add column hidden_reason text check (length(hidden_reason) between 1 and 500),
      add constraint review_hidden_for_a_reason check ((status = 'HIDDEN') = (hidden_reason is not null))`);
    this.addSql(`create index review_latest on review (created_at desc, id desc)`);
    this.addSql(`create index review_hidden on review (created_at desc, id desc) where status = 'HIDDEN'`);
  }

  override down(): void {
    this.addSql(`drop index review_hidden`);
    this.addSql(`drop index review_latest`);
    this.addSql(
      `alter table review drop constraint review_hidden_for_a_reason, drop column hidden_reason, drop column status`,
    );
  }
}
