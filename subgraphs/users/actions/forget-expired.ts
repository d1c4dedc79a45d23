import { forgetExpired as forget } from '../store/sessions.ts';
import { type Parts } from './parts.ts';

const dayMs = 86_400_000;

/** Deletes sessions, tokens and counters that ended more than a day ago. The audit log keeps what was done with them. */
export async function forgetExpired(parts: Parts): Promise<void> {
  await forget(parts.db.em(), new Date(parts.now().getTime() - dayMs));
}
