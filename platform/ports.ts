import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

// Below what systems give to outgoing connections (Linux from 32768, others from 49152): nobody gets these by chance.
const [lowest, highest] = [15_000, 30_000];

/**
 * Ports of the loopback interface that nobody listens on, for servers that must be told theirs. They stay this process's until
 * it ends: no other that asks here gets them, so runs side by side do not meet between picking and listening.
 */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let tries = 0; found.length < count; tries += 1) {
    if (tries > 5_000) throw new Error(`no free port between ${lowest} and ${highest}`);
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if ((await claim(port)) && (await isFree(port))) found.push(port);
  }
  return found;
}

/** The same for one. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

/** Holds the UDP port of that number, which our servers leave alone: the kernel lets go of it when this process ends. */
function claim(port: number): Promise<boolean> {
  return new Promise(answer => {
    const socket = createSocket('udp4').unref();
    socket.once('error', () => {
      socket.close();
      answer(false);
    });
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => answer(true));
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise(answer => {
    const server = createServer();
    server.once('error', () => answer(false));
    server.listen(port, '127.0.0.1', () => server.close(() => answer(true)));
  });
}
