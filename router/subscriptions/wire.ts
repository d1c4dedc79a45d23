import { type WebSocket } from 'ws';

/** One WebSocket, written no faster than its client reads. */
export type Wire = {
  /** Resolves when the text has been taken, or nobody is there any more to take it. */
  send(text: string): Promise<void>;
  /** Closes so that the client comes back: 1001. */
  leave(): void;
};

/** What may wait for a client that asks (pings, refusals) and does not read. Results wait for each other instead. */
const MAX_UNREAD_BYTES = 1_048_576;

/** Pings the client in each pause of so many milliseconds; who has not answered by the next one is let go. */
export function openWire(socket: WebSocket, beatMs: number, onStalled: () => void): Wire {
  let answered = true;
  const cut = (): void => {
    onStalled();
    socket.terminate();
  };
  const timer = setInterval(() => {
    if (!answered) return cut();
    answered = false;
    socket.ping();
  }, beatMs);
  socket.on('pong', () => (answered = true));
  const check = (): void => {
    if (socket.bufferedAmount > MAX_UNREAD_BYTES && socket.readyState === socket.OPEN) cut();
  };
  socket.on('message', check);
  socket.on('ping', check);
  socket.once('close', () => clearInterval(timer));
  return {
    send: text =>
      new Promise(resolve => {
        // An error is told to the socket's own listeners; whoever sends only waits.
        if (socket.readyState === socket.OPEN) socket.send(text, () => resolve());
        else resolve();
      }),
    leave: () => socket.close(1001, 'Going away'),
  };
}
