import process from 'node:process';

type Stoppable = {
  stop(): Promise<void>;
  /** Milliseconds that `stop` may take, as the service is set. */
  readonly stopsWithinMs?: number;
};

type RunOptions = {
  /** Milliseconds that stopping may take where the service itself does not say. */
  readonly graceMs?: number;
  /** Says when the process is asked to stop: by SIGINT or SIGTERM, unless somebody else decides it. */
  readonly onStop?: (stop: () => void) => void;
};

/**
 * Starts a process's services and stops them in order on SIGINT or SIGTERM. A second signal, or a stop that takes longer than
 * it may, ends the process at once. Start-up errors are printed without a stack and end it with exit code 1.
 */
export async function run(
  start: () => Promise<Stoppable>,
  { graceMs = 20_000, onStop = onSignals }: RunOptions = {},
): Promise<void> {
  let stopping = false;
  let running: Stoppable | null = null;
  const stop = (code: number): void => {
    if (stopping) process.exit(code === 0 ? 130 : code);
    stopping = true;
    setTimeout(() => process.exit(1), running?.stopsWithinMs ?? graceMs).unref();
    Promise.resolve(running?.stop()).then(
      () => process.exit(code),
      (error: unknown) => fail('stop failed', error),
    );
  };
  const fail = (what: string, error: unknown): void => {
    process.stderr.write(
      `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(1);
  };
  onStop(() => stop(0));
  process.on('uncaughtException', error => {
    process.stderr.write(`uncaught: ${error.stack ?? error.message}\n`);
    stop(1);
  });
  process.on('unhandledRejection', reason => {
    process.stderr.write(
      `unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`,
    );
    stop(1);
  });
  try {
    running = await start();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

function onSignals(stop: () => void): void {
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
