import { type LookupAddress, type LookupAllOptions } from 'node:dns';
import { type LookupFunction } from 'node:net';

type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

/**
 * Looks names up like `resolve`, but each time begins with another address: its order is the same for everyone, and
 * connections should spread over all copies of a service that share a name.
 */
export function spreadLookup(resolve: Resolve): LookupFunction {
  let turn = Math.floor(Math.random() * 1_000);
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) {
        done(error, '');
        return;
      }
      turn += 1;
      const start = turn % found.length;
      const turned = [...found.slice(start), ...found.slice(0, start)];
      if (options.all) done(null, turned);
      else done(null, turned[0]?.address ?? '', turned[0]?.family);
    });
  };
}
