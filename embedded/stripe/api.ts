import { createHash, timingSafeEqual } from 'node:crypto';

import { type Fault } from './faults.ts';
import { type Params, text } from './form.ts';
import { expand } from './lists.ts';
import { StripeProblem } from './problem.ts';
import { routes } from './routes.ts';
import { type Store } from './store.ts';
import { type Cause, type World } from './world.ts';

type Reply = { readonly status: number; readonly body: unknown; readonly replayed?: boolean };
type Caller = {
  readonly authorization: string | undefined;
  readonly path: string;
  readonly params: Params;
  readonly secretKey: string;
};
type Keyed = {
  readonly store: Store;
  readonly running: Set<string>;
  readonly key: string;
  readonly request: string;
};
type Request = {
  readonly method: string;
  readonly path: string;
  readonly params: Params;
  readonly cause: Cause;
};

// Stripe prunes keys after a day at the earliest.
const KEY_LIFETIME = 24 * 3_600;

/**
 * Lets the secret key in everywhere, and a browser with a publishable key to the one intent whose client secret it knows.
 * Throws 401 otherwise.
 */
export function authenticate({ authorization = '', path, params, secretKey }: Caller, store: Store): void {
  const given = authorization.startsWith('Basic ')
    ? (Buffer.from(authorization.slice(6), 'base64').toString().split(':')[0] ?? '')
    : authorization.replace(/^Bearer /, '');
  if (same(given, secretKey)) return;
  const intent = store.get('intents', /^\/v1\/payment_intents\/([^/]+)(?:\/confirm)?$/.exec(path)?.[1] ?? '');
  if (
    given.startsWith('pk_test_') &&
    intent &&
    same(text(params, 'client_secret') ?? '', intent.client_secret)
  )
    return;
  throw new StripeProblem(401, { type: 'invalid_request_error', message: 'Invalid API Key provided' });
}

/** Runs the route. Throws 404 when there is none. */
export function dispatch(world: World, { method, path, params, cause }: Request): unknown {
  for (const [verb, pattern, run] of routes) {
    const match = verb === method ? pattern.exec(path) : null;
    if (match)
      return expand(
        world.store,
        run({ world, params, ids: match.slice(1).map(decodeURIComponent), cause }),
        params,
      );
  }
  throw new StripeProblem(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}).`,
  });
}

/** Turns a problem into Stripe's error answer. */
export async function reply(run: () => Promise<Reply>): Promise<Reply> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof StripeProblem) return { status: error.status, body: { error: error.body } };
    throw error;
  }
}

/**
 * The first answer under a key is given again to every repetition, declines included; another request under the key is
 * refused, and one that comes while the first still runs gets 409 (docs.stripe.com/api/idempotent_requests).
 */
export async function onceByKey(
  { store, running, key, request }: Keyed,
  work: () => Promise<unknown>,
): Promise<Reply> {
  const hash = createHash('sha256').update(request).digest('hex');
  const stored = store.get('replays', key);
  if (stored && stored.at > store.now() - KEY_LIFETIME) {
    if (stored.hash === hash) return { status: stored.status, body: stored.body, replayed: true };
    throw new StripeProblem(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}'.`,
    });
  }
  if (running.has(key)) {
    throw new StripeProblem(409, {
      type: 'idempotency_error',
      code: 'idempotency_key_in_use',
      message: 'There is currently another in-progress request using this Idempotent Key.',
    });
  }
  running.add(key);
  try {
    const replied = await reply(async () => ({ status: 200, body: await work() }));
    store.put('replays', {
      id: key,
      hash,
      status: replied.status,
      body: structuredClone(replied.body),
      at: store.now(),
    });
    return replied;
  } finally {
    running.delete(key);
  }
}

/** The error that a `refuse` fault asks for. */
export function refused({
  status,
  code,
  declineCode,
  message,
}: Extract<Fault, { kind: 'refuse' }>): StripeProblem {
  const type =
    status === 402
      ? 'card_error'
      : status === 429
        ? 'rate_limit_error'
        : status < 500
          ? 'invalid_request_error'
          : 'api_error';
  return new StripeProblem(status, {
    type,
    message,
    ...(code === undefined ? {} : { code }),
    ...(declineCode === undefined ? {} : { decline_code: declineCode }),
  });
}

function same(a: string, b: string): boolean {
  const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}
