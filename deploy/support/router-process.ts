import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');

export type RouterProcess = {
  readonly url: string;
  readonly adminUrl: string;
  /** Ends it as an orchestrator does, or with SIGKILL at once. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

/** Starts the router as it is started in production, on free ports, without subgraphs. */
export async function startRouterProcess(env: Readonly<Record<string, string>>): Promise<RouterProcess> {
  const child = spawn(process.execPath, ['--max-semi-space-size=64', 'router/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env, // oxlint-disable-line node/no-process-env -- PATH
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      ROUTER_PORT: '0',
      ROUTER_ADMIN_PORT: '0',
      JWT_SECRET: randomBytes(32).toString('base64'),
      INTERNAL_TOKEN_SECRET: randomBytes(32).toString('base64'),
      APOLLO_TELEMETRY_DISABLED: '1',
      ...env,
    },
  });
  try {
    const { port, adminPort } = await whenUp(child);
    return {
      url: `http://127.0.0.1:${port}`,
      adminUrl: `http://127.0.0.1:${adminPort}`,
      stop: signal => end(child, signal),
    };
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function whenUp(child: ChildProcess): Promise<{ readonly port: number; readonly adminPort: number }> {
  if (!child.stdout) throw new Error('the router has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const told = JSON.parse(line) as { msg: string; port: number; adminPort: number };
    if (told.msg !== 'router is up') continue;
    child.stdout.resume();
    return told;
  }
  throw new Error('the router ended before it was up');
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
