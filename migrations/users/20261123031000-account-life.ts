import { Migration } from '@mikro-orm/migrations';

/** Accounts that are suspended or erased, and changes of address that wait for their link. */
export class AccountLife extends Migration {
  readonly breaks = {
    'constraint-at-once': 'before the first release: no table has rows, and no older version runs',
  };

  override up(): void {
    this.addSql(`alter table customers
      add column status text not null default 'ACTIVE' check (status in ('ACTIVE', 'SUSPENDED', 'ERASED')),
      add column suspension_reason text check (length(suspension_reason) between 1 and 500),
      add constraint customers_suspended_for_a_reason check ((status = 'SUSPENDED') = (suspension_reason is not null))`);
    this.addSql(`alter table one_time_tokens
      add column new_email text,
      drop constraint one_time_tokens_purpose_check,
      add constraint one_time_tokens_purpose_check check (purpose in ('VERIFY_EMAIL', 'RESET_PASSWORD', 'CHANGE_EMAIL')),
      add constraint one_time_tokens_new_email check ((purpose = 'CHANGE_EMAIL') = (new_email is not null))`);
  }

  override down(): void {
    this.addSql(`delete from one_time_tokens where purpose = 'CHANGE_EMAIL'`);
    this.addSql(`alter table one_time_tokens
      drop constraint one_time_tokens_new_email,
      drop constraint one_time_tokens_purpose_check,
      add constraint one_time_tokens_purpose_check check (purpose in ('VERIFY_EMAIL', 'RESET_PASSWORD')),
      drop column new_email`);
    this.addSql(
      `alter table customers drop constraint customers_suspended_for_a_reason, drop column suspension_reason, drop column status`,
    );
  }
}
