import { expect, test } from 'vitest';

import { type StreamEvent, formatEvent, heartbeat, readEventStream } from './event-stream.ts';

/** The stream in pieces of so many bytes: what the network does to it. */
async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, size: number): Promise<StreamEvent[]> {
  const found: StreamEvent[] = [];
  for await (const event of readEventStream(pieces(text, size))) found.push(event);
  return found;
}

test.each([1, 2, 3, 7, 1_000])('what is written is read again, in pieces of %i bytes', async size => {
  const text =
    heartbeat +
    formatEvent('next', JSON.stringify({ name: 'Ä 🛒\n\n' })) +
    heartbeat +
    heartbeat +
    formatEvent('complete');
  expect(await read(text, size)).toEqual([
    { event: 'next', data: '{"name":"Ä 🛒\\n\\n"}' },
    { event: 'complete', data: '' },
  ]);
});

test('data in several lines is one text, an unnamed event is a message, an unfinished one is none', async () => {
  expect(await read('data: a\ndata:b\nid: 7\n\nretry: 10\n\nevent: next\ndata: cut', 5)).toEqual([
    { event: 'message', data: 'a\nb' },
  ]);
});

test('an event without an end is given up', async () => {
  await expect(read(`data: ${'x'.repeat(5_000_000)}`, 65_536)).rejects.toThrow('too large');
});
