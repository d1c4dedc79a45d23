import { type Socket, connect } from 'node:net';

/** What a server said to bytes that no client would send. */
export type RawAnswer = {
  readonly text: string;
  /** Status codes of all answers on the connection, in order. */
  readonly statuses: readonly number[];
  /** Whether the server closed the connection. */
  readonly closed: boolean;
};

/** Sends bytes as they are and reads until the server closes, or until `enough` says so. */
export function sendRaw(
  port: number,
  bytes: string | Buffer,
  enough: (text: string) => boolean = () => false,
): Promise<RawAnswer> {
  return new Promise(resolve => {
    let text = '';
    const socket: Socket = connect({ port, host: '127.0.0.1' });
    const answer = (closed: boolean): void => {
      socket.destroy();
      const statuses = [...text.matchAll(/(?:^|\n|\})HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => Number(code));
      resolve({ text, statuses, closed });
    };
    socket.setEncoding('latin1');
    socket.on('data', chunk => {
      text += String(chunk);
      if (enough(text)) answer(false);
    });
    socket.once('error', () => answer(true));
    socket.once('close', () => answer(true));
    socket.write(bytes);
  });
}
