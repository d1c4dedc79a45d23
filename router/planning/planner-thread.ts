import { getPriority, setPriority } from 'node:os';

// Runs in a worker thread: this file has no importers, planner.ts starts it by its address.
// On Linux this is the calling thread's own priority: where processors are short, answers come before plans. It is lowered before
// anything is loaded, since a thread that takes the place of one that was given up has half a second of loading before it.
// Who was started with a lower one (nice, systemd) keeps it: without rights nobody may raise his own.
setPriority(0, Math.max(getPriority(0), 5));
await import('./thread-work.ts');
