import { type Service, type Shared, startSubgraph } from '#platform/subgraph.ts';

import { createAccessTokens } from './actions/access-token.ts';
import { bootstrapStaff } from './actions/bootstrap-staff.ts';
import { forgetExpired } from './actions/forget-expired.ts';
import { type Parts } from './actions/parts.ts';
import { createPasswords } from './actions/passwords.ts';
import { type Context } from './api/context.ts';
import { createLoaders } from './api/loaders.ts';
import { resolvers } from './api/resolvers.ts';
import { internalRoutes, publicRoutes } from './api/routes.ts';
import { type UsersConfig } from './config.ts';
import { Address, Customer } from './store/entities.ts';

/** How many may wait for a free hashing slot; at about 40 ms each the last one waits for two seconds. */
const HASHES_WAITING = 200;

/** Starts the users subgraph. `now` is the clock, for tests. */
export async function startUsers(
  config: UsersConfig,
  shared: Shared,
  now: () => Date = () => new Date(),
): Promise<Service> {
  const passwords = await createPasswords({ concurrency: config.hashConcurrency, waiting: HASHES_WAITING });
  return startSubgraph<Context>({
    name: 'users',
    config,
    shared,
    entities: [Customer, Address],
    build: ({ db, metrics }) => {
      const signIns = metrics.counter(
        'sign_ins_total',
        'Tries to sign in with a password, by how they ended.',
        ['outcome'],
      );
      for (const outcome of ['success', 'refused', 'locked', 'throttled']) signIns.inc({ outcome }, 0);
      const registrations = metrics.counter('user_registrations_total', 'Accounts that customers have made.');
      const parts: Parts = {
        db,
        passwords,
        accessTokens: createAccessTokens(config.signingKey, config.formerKeys),
        settings: config.users,
        count: { signIn: outcome => signIns.inc({ outcome }), registration: () => registrations.inc() },
        now,
      };
      return {
        resolvers,
        context: request => ({ ...request, parts, loaders: createLoaders(db, now) }),
        routes: publicRoutes(parts),
        internalRoutes: internalRoutes(parts),
        jobs: [{ name: 'forget-expired', everyMs: 3_600_000, run: () => forgetExpired(parts) }],
        onStart: () => bootstrapStaff(parts, config.firstStaff),
      };
    },
  });
}
