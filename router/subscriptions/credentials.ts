import { type RequestFacts } from '../fetching/subgraph-request.ts';
import { type Identity, type Viewers, identify } from '../security/viewer.ts';
import { type Ending } from './live-query.ts';

/** What a subscriber has shown, and who he was by it. */
export type Shown = {
  readonly authorization: string | undefined;
  readonly identity: Identity;
  readonly facts: RequestFacts;
};

/** Until the answer is there that could not be had; and at least between two looks. */
const PAUSE_MS = 5_000;

/**
 * Looks again, as long as a subscription lives, whether credentials hold that are good for a while only before they must be
 * established again (API keys): the news of their revocation may have been lost. Calls back when they do not hold any more, or
 * say something else; answers how to stop.
 */
export function watchCredentials(viewers: Viewers, shown: Shown, end: (why: Ending) => void): () => void {
  const { authorization, facts } = shown;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const found = await identify(viewers, authorization, facts);
    if (stopped) return;
    if (found === null) end('unauthenticated');
    else if (found === 'unknown') wait(PAUSE_MS);
    else if (rightsOf(found) === rightsOf(shown.identity)) watch(found);
    // Its client comes back with the rights that it has now.
    else end('stopping');
  };
  const wait = (milliseconds: number): void => {
    timer = setTimeout(() => void look(), milliseconds);
  };
  const watch = ({ knownUntil, expiresAt }: Identity): void => {
    // What holds to its end needs no look, nor does whoever has shown nothing.
    if (authorization === undefined || knownUntil === expiresAt) return;
    wait(Math.max(PAUSE_MS, knownUntil - Date.now()));
  };
  watch(shown.identity);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

function rightsOf({ viewer: { kind, id, scopes } }: Identity): string {
  return JSON.stringify([kind, id, scopes.toSorted()]);
}
