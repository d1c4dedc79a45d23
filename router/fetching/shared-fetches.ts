import { type Reply } from './exchange.ts';

/** Queries under way that other requests may join. */
export type SharedFetches = {
  /** Joins the fetch of the same key, or runs `send`. What is joined is copied: everybody may change what they get. */
  run(key: string, deadlineMs: number, send: () => Promise<Reply>): Promise<Reply>;
};

/** Answers of fetches that are exactly alike, viewer included: the key says what that means. */
export function createSharedFetches(): SharedFetches {
  const running = new Map<string, { readonly reply: Promise<Reply>; readonly joinUntil: number }>();
  return {
    run: async (key, deadlineMs, send) => {
      const now = performance.now();
      const found = running.get(key);
      // Whoever comes late would be left with hardly any time when it fails.
      if (found && now < found.joinUntil) {
        const reply = await found.reply;
        return 'failure' in reply
          ? reply
          : { ...reply, answer: JSON.parse(reply.text) as typeof reply.answer };
      }
      const own = { reply: send(), joinUntil: now + deadlineMs / 2 };
      running.set(key, own);
      try {
        return await own.reply;
      } finally {
        if (running.get(key) === own) running.delete(key);
      }
    },
  };
}
