import { spawn } from 'node:child_process';
import process from 'node:process';

// Runs one PostgreSQL server and stops it when standard input closes, which the kernel does for us if our parent is killed.
const { command, args, account } = JSON.parse(process.argv[2] ?? '{}') as {
  command: string;
  args: string[];
  account: { uid: number; gid: number } | null;
};

const server = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'], ...account });
server.once('error', error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
server.once('exit', code => process.exit(code ?? 1));

let asked = false;
const stop = (): void => {
  // SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one.
  server.kill(asked ? 'SIGQUIT' : 'SIGINT');
  asked = true;
  setTimeout(() => server.kill('SIGQUIT'), 10_000).unref();
};
process.stdin.resume();
process.stdin.once('end', stop);
process.stdin.once('error', stop);
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
