import { type ServerResponse } from 'node:http';

import { takesMore } from '#platform/event-stream.ts';

/** What one reader is sent, no faster than he reads. */
export type Outlet = {
  /** Resolves when the next text may come: at once, or when what is under way has been taken. */
  write(text: string): Promise<void>;
  /** Ends the heartbeats. */
  close(): void;
};

type Options = {
  readonly response: ServerResponse;
  /** Written in each pause of this many milliseconds. */
  readonly beat: string;
  readonly beatMs: number;
  /** Called once, when the reader has taken nothing for a whole pause. */
  readonly onStalled: () => void;
};

/** Opens the outlet over an answer whose head has been written. */
export function openOutlet({ response, beat, beatMs, onStalled }: Options): Outlet {
  let waiting: Promise<void> | null = null;
  let silentBeats = 0;
  const timer = setInterval(() => {
    if (!waiting) void write(beat);
    else if ((silentBeats += 1) === 2) onStalled();
  }, beatMs);

  const write = (text: string): Promise<void> => {
    if (response.write(text)) return Promise.resolve();
    waiting ??= takesMore(response).then(() => {
      waiting = null;
      silentBeats = 0;
    });
    return waiting;
  };

  return { write, close: () => clearInterval(timer) };
}
