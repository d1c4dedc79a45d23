import { isDeepStrictEqual } from 'node:util';

import { executor } from './execution.ts';
import { monolithSchema } from './graph.ts';
import { type Request, coldMark } from './scenarios.ts';

type Answer = { readonly data?: unknown; readonly errors?: readonly unknown[] };

const reference = executor(monolithSchema());
let coldNumber = 0;

/** Sends one request; answers the status and the body. */
export async function post(url: string, body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** Sends every request once and compares with the monolith; answers the bytes of a mean answer, throws on a difference. */
export async function checkAnswers(url: string, requests: readonly Request[]): Promise<number> {
  let bytes = 0;
  for (const request of requests) {
    const { text, fault } = await compare(url, request);
    if (fault !== null) throw new Error(`a wrong answer: ${fault}: ${text.slice(0, 500)}`);
    bytes += Buffer.byteLength(text);
  }
  return bytes / requests.length;
}

/** The share of answers that are all that was asked for, of so many requests in a row. */
export async function wholeShare(url: string, requests: readonly Request[], tries: number): Promise<number> {
  let whole = 0;
  for (let at = 0; at < tries; at += 1) {
    const { fault } = await compare(url, requests[at % requests.length] as Request);
    if (fault === null) whole += 1;
  }
  return whole / tries;
}

async function compare(url: string, request: Request): Promise<{ text: string; fault: string | null }> {
  coldNumber += 1;
  const body = JSON.stringify(request).replace(coldMark, `check${coldNumber}`);
  const { status, text } = await post(url, body);
  if (status !== 200) return { text, fault: `HTTP ${status}` };
  const { data, errors } = JSON.parse(text) as Answer;
  if (errors !== undefined) return { text, fault: 'errors' };
  const expected = JSON.parse(await reference(body)) as Answer;
  return { text, fault: isDeepStrictEqual(data, expected.data) ? null : 'other data than the monolith’s' };
}
