import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';

import { command } from './engine.ts';

const [space, near, far] = ['shop-outside', 'shop-near', 'shop-far'];
/** Reserved for documentation: nobody has it. */
const [gateway, address] = ['198.51.100.1', '198.51.100.2'];

/**
 * Somebody outside who answers every connection: a network namespace behind this machine, as the internet is behind it. What may
 * leave reaches him, what may not does not.
 */
export async function withOutside(
  use: (who: { readonly host: string; readonly port: number }) => Promise<void>,
): Promise<void> {
  const port = 443;
  const ip = (...args: readonly string[]): Promise<string> => command('ip', args);
  await ip('netns', 'add', space);
  try {
    await ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', space);
    await ip('addr', 'add', `${gateway}/30`, 'dev', near);
    await ip('link', 'set', near, 'up');
    await ip('-n', space, 'addr', 'add', `${address}/30`, 'dev', far);
    await ip('-n', space, 'link', 'set', far, 'up');
    await ip('-n', space, 'route', 'add', 'default', 'via', gateway);
    const listen = `require('node:net').createServer(socket => socket.end()).listen(${port}, () => console.log('open'))`;
    const args = ['netns', 'exec', space, process.execPath, '-e', listen];
    const listener = spawn('ip', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(listener, 'exit');
    try {
      await Promise.race([
        once(listener.stdout, 'data'),
        ended.then(() => Promise.reject(new Error('nobody listens outside'))),
      ]);
      await use({ host: address, port });
    } finally {
      listener.kill();
      await ended;
    }
  } finally {
    // Its end of the cable goes with it, and so does ours.
    await ip('netns', 'delete', space);
  }
}
