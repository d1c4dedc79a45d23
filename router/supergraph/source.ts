import { readFile, stat } from 'node:fs/promises';

import { UplinkSupergraphManager } from '@apollo/gateway';

import { type Logger } from '#platform/log.ts';

/** Where supergraphs come from. */
export type SupergraphSource = {
  /** The one to start with. */
  readonly first: string;
  /** Tells of each later one, and of each look that found none. Ends with the function that it answers. */
  watch(update: (text: string) => void, onUnread?: () => void): () => Promise<void>;
};

/** A file: read again when it changes, also when it is replaced or a link to it moves (Kubernetes ConfigMaps). */
export async function fileSource(path: string, everyMs: number, log: Logger): Promise<SupergraphSource> {
  let seen = await stampOf(path);
  const first = await readFile(path, 'utf8');
  return {
    first,
    watch: (update, onUnread) => {
      let looking: Promise<void> = Promise.resolve();
      let isMissing = false;
      let told = first;
      const look = async (): Promise<void> => {
        try {
          const stamp = await stampOf(path);
          isMissing = false;
          if (stamp === seen) return;
          const text = await readFile(path, 'utf8');
          seen = stamp;
          // Replaced between the look and the reading, it is read a second time.
          if (text === told) return;
          told = text;
          update(text);
        } catch (error) {
          onUnread?.();
          if (!isMissing) log.error({ err: error, path }, 'the supergraph cannot be read; the old one stays');
          isMissing = true;
        }
      };
      const timer = setInterval(() => {
        looking = looking.then(look);
      }, everyMs);
      timer.unref();
      return async () => {
        clearInterval(timer);
        await looking;
      };
    },
  };
}

async function stampOf(path: string): Promise<string> {
  const { ino, size, mtimeMs } = await stat(path);
  return `${ino} ${size} ${mtimeMs}`;
}

type Uplink = {
  readonly apiKey: string;
  /** For example `my-graph@production`. */
  readonly graphRef: string;
  /** Addresses of Uplink; Apollo's own when undefined. */
  readonly endpoints: readonly string[] | undefined;
};

/** Apollo Uplink, as GraphOS publishes supergraphs: asked again as often as it wishes, its last good answer stays. */
export async function uplinkSource(
  { apiKey, graphRef, endpoints }: Uplink,
  log: Logger,
): Promise<SupergraphSource> {
  let tell: ((text: string) => void) | null = null;
  let tellUnread: (() => void) | undefined;
  // Uplink tells each of them once, and may do so before anybody watches.
  let untold: string | null = null;
  const manager = new UplinkSupergraphManager({
    apiKey,
    graphRef,
    logger: log,
    ...(endpoints ? { uplinkEndpoints: [...endpoints] } : {}),
    shouldRunSubgraphHealthcheck: false,
    // The old one stays; without an answer of ours the manager would say the same and nobody could count it.
    onFailureToFetchSupergraphSdlAfterInit: async ({ error }) => {
      log.error({ err: error }, 'Uplink cannot be asked; the old supergraph stays');
      tellUnread?.();
      return null;
    },
  });
  const { supergraphSdl, cleanup } = await manager.initialize({
    update: text => {
      if (tell) tell(text);
      else untold = text;
    },
    healthCheck: async () => undefined,
    getDataSource: () => {
      throw new Error('Uplink asks no subgraphs');
    },
  });
  return {
    first: supergraphSdl,
    watch: (update, onUnread) => {
      tell = update;
      tellUnread = onUnread;
      if (untold !== null) update(untold);
      untold = null;
      return () => {
        tell = () => undefined;
        tellUnread = undefined;
        // It waits for its question, which it repeats for minutes when nobody answers; the stop has nothing to wait for.
        cleanup().catch((error: unknown) => log.warn({ err: error }, 'Uplink was not left cleanly'));
        return Promise.resolve();
      };
    },
  };
}
