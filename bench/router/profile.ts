import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

import { WebSocket } from 'ws';

/** Makes Node listen for its inspector; the address is in what it prints. */
export const inspectable = '--inspect=127.0.0.1:0';

type Frame = { readonly functionName: string; readonly url: string; readonly lineNumber: number };
type CpuNode = { readonly id: number; readonly callFrame: Frame };
type CpuProfile = {
  readonly nodes: readonly CpuNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};
type HeapNode = {
  readonly callFrame: Frame;
  readonly selfSize: number;
  readonly children: readonly HeapNode[];
};

export type Recording = {
  /** Ends it, writes it to this path and the right ending, and answers the heaviest functions and files. */
  end(path: string): Promise<string>;
};

/** Records what a process spends its time on (`cpu`), or what it allocates, collected garbage included (`heap`). */
export async function record(kind: 'cpu' | 'heap', logPath: string): Promise<Recording> {
  const address = /Debugger listening on (ws:\S+)/.exec(readFileSync(logPath, 'utf8'))?.[1];
  if (address === undefined) throw new Error(`no inspector address in ${logPath}`);
  const socket = new WebSocket(address, { maxPayload: 0 });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let number = 0;
  const call = <T>(method: string, params: object = {}): Promise<T> => {
    number += 1;
    const id = number;
    return new Promise((resolve, reject) => {
      const listen = (data: Buffer): void => {
        const message = JSON.parse(data.toString()) as {
          id?: number;
          result: T;
          error?: { message: string };
        };
        if (message.id !== id) return;
        socket.off('message', listen);
        if (message.error) reject(new Error(message.error.message));
        else resolve(message.result);
      };
      socket.on('message', listen);
      socket.send(JSON.stringify({ id, method, params }));
    });
  };
  if (kind === 'cpu') {
    await call('Profiler.enable');
    await call('Profiler.setSamplingInterval', { interval: 500 });
    await call('Profiler.start');
  } else {
    await call('HeapProfiler.startSampling', {
      samplingInterval: 65_536,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
  }
  return {
    end: async path => {
      const weights: [Frame, number][] = [];
      if (kind === 'cpu') {
        const { profile } = await call<{ profile: CpuProfile }>('Profiler.stop');
        await writeFile(`${path}.cpuprofile`, JSON.stringify(profile));
        const frames = new Map(profile.nodes.map(node => [node.id, node.callFrame]));
        for (const [at, id] of profile.samples.entries()) {
          const frame = frames.get(id);
          if (frame && frame.functionName !== '(idle)') weights.push([frame, profile.timeDeltas[at] ?? 0]);
        }
      } else {
        const { profile } = await call<{ profile: { head: HeapNode } }>('HeapProfiler.stopSampling');
        await writeFile(`${path}.heapprofile`, JSON.stringify(profile));
        const walk = (node: HeapNode): void => {
          weights.push([node.callFrame, node.selfSize]);
          node.children.forEach(walk);
        };
        walk(profile.head);
      }
      socket.close();
      return `${heaviest(weights, fileOf, 12)}\n${heaviest(weights, functionOf, 40)}`;
    },
  };
}

const fileOf = ({ url, functionName }: Frame): string =>
  url === ''
    ? functionName || '(native)'
    : url.replace(/^.*node_modules\/((?:@[^/]+\/)?[^/]+).*$/, '$1').replace(/^file:\/\/.*?\/(?=router\/|platform\/|bench\/)/, ''); // prettier-ignore

const functionOf = (frame: Frame): string =>
  `${frame.functionName || '(anonymous)'}  ${frame.url === '' ? '' : `${frame.url.split('/').slice(-2).join('/')}:${frame.lineNumber + 1}`}`;

function heaviest(
  weights: readonly (readonly [Frame, number])[],
  name: (frame: Frame) => string,
  count: number,
): string {
  const sums = new Map<string, number>();
  let total = 0;
  for (const [frame, weight] of weights) {
    sums.set(name(frame), (sums.get(name(frame)) ?? 0) + weight);
    total += weight;
  }
  return [...sums]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([key, sum]) => `  ${((sum / total) * 100).toFixed(1).padStart(5)} %  ${key}\n`)
    .join('');
}
