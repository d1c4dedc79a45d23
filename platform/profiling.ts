import { type IncomingMessage, type ServerResponse } from 'node:http';
import { Session } from 'node:inspector/promises';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { getHeapSnapshot } from 'node:v8';

import { type HttpHandler, type Routes, readBody, sendError, sendJson } from './http.ts';
import { LOG_LEVELS, type LogLevel, logLevel, setLogLevel } from './log.ts';

const DEFAULT_SECONDS = 10;
const LONGEST_SECONDS = 60;
const NANOSECONDS_PER_MS = 1e6;

/**
 * What an operator sees of a process from inside: `GET /debug/cpu` and `/debug/heap` as files for Chrome's developer tools,
 * `/debug/event-loop` and `/debug/handles` as JSON, and the log's level, which `PUT /debug/log-level` changes until the next start.
 * One recording at a time (409 beside it), for at most a minute. A heap snapshot stops the process while it is made and holds
 * whatever is in memory, secrets and personal data among it.
 */
export function profilingRoutes(): Routes {
  let busy: string | null = null;
  const alone =
    (name: string, record: HttpHandler): HttpHandler =>
    async (request, response) => {
      if (busy !== null) {
        sendError(response, 409, 'CONFLICT', `Busy with ${busy}; one at a time.`);
        return;
      }
      busy = name;
      try {
        await record(request, response);
      } finally {
        busy = null;
      }
    };
  return {
    'GET /debug/cpu': alone('a CPU profile', cpuProfile),
    'GET /debug/heap': alone('a heap snapshot', heapSnapshot),
    'GET /debug/event-loop': alone('the event loop', eventLoop),
    'GET /debug/handles': (_request, response) => sendJson(response, 200, { recording: busy, ...handles() }),
    'GET /debug/log-level': (_request, response) => sendJson(response, 200, { level: logLevel() }),
    'PUT /debug/log-level': changeLogLevel,
  };
}

async function cpuProfile(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const seconds = secondsOf(request, response);
  if (seconds === null) return;
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    await pass(seconds, response);
    const { profile } = await session.post('Profiler.stop');
    sendFile(response, 'cpuprofile').end(JSON.stringify(profile));
  } finally {
    session.disconnect();
  }
}

async function heapSnapshot(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  await pipeline(getHeapSnapshot(), sendFile(response, 'heapsnapshot'));
}

async function eventLoop(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const seconds = secondsOf(request, response);
  if (seconds === null) return;
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const before = performance.eventLoopUtilization();
  delay.enable();
  await pass(seconds, response);
  delay.disable();
  const ms = (nanoseconds: number): number => Math.round(nanoseconds / 1e4) / (NANOSECONDS_PER_MS / 1e4);
  sendJson(response, 200, {
    seconds,
    utilization: performance.eventLoopUtilization(before).utilization,
    // Milliseconds that a timer of 10 ms took, those 10 ms among them.
    delayMs: {
      mean: ms(delay.mean),
      p50: ms(delay.percentile(50)),
      p99: ms(delay.percentile(99)),
      max: ms(delay.max),
    },
  });
}

/** What keeps the process alive, by kind, and what it takes. */
function handles() {
  const active: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) active[kind] = (active[kind] ?? 0) + 1;
  return { active, memory: process.memoryUsage(), uptimeSeconds: process.uptime(), pid: process.pid };
}

async function changeLogLevel(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = (await readBody(request, 100)).toString().trim();
  if (!isLogLevel(asked)) {
    sendError(response, 400, 'BAD_REQUEST', `A level is one of ${LOG_LEVELS.join(', ')}.`);
    return;
  }
  setLogLevel(asked);
  sendJson(response, 200, { level: asked });
}

function isLogLevel(text: string): text is LogLevel {
  return LOG_LEVELS.some(level => level === text);
}

/** How long to record; null, with the answer given, when the request asks for what it may not. */
function secondsOf(request: IncomingMessage, response: ServerResponse): number | null {
  const asked = new URL(request.url ?? '', 'http://admin').searchParams.get('seconds');
  const seconds = asked === null ? DEFAULT_SECONDS : Number(asked || Number.NaN);
  if (seconds > 0 && seconds <= LONGEST_SECONDS) return seconds;
  sendError(response, 400, 'BAD_REQUEST', `Seconds are a number above 0, at most ${LONGEST_SECONDS}.`);
  return null;
}

/** Waits, but not for who has left. */
function pass(seconds: number, response: ServerResponse): Promise<void> {
  return new Promise(resolve => {
    const end = (): void => {
      clearTimeout(timer);
      response.off('close', end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1_000);
    response.on('close', end);
  });
}

function sendFile(response: ServerResponse, ending: string): ServerResponse {
  const name = `${process.pid}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.${ending}`;
  return response.writeHead(200, {
    'content-type': 'application/json',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  });
}
