import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { type Cluster, startKubernetesApi } from '../standins/kubernetes-api.ts';
import { childEnv } from './child-env.ts';
import { helmPath, kubectlPath } from './cluster-tools.ts';
import { type HelmAnswer, type Manifest } from './helm.ts';

const root = join(import.meta.dirname, '../..');

export type TestCluster = Cluster & {
  /** What containers of Jobs have written, with their arguments. */
  readonly said: { readonly args: readonly string[]; readonly code: number | null; readonly text: string }[];
  readonly faults: unknown[];
  helm(...args: string[]): Promise<HelmAnswer>;
  kubectl(args: readonly string[], input?: string): Promise<HelmAnswer>;
  /** Runs make with that cluster as the current one. */
  make(...words: string[]): Promise<HelmAnswer>;
};

/**
 * A cluster of one API server in this process, with helm and kubectl pointed at it. Jobs' containers are run for real, as processes
 * with the environment that the cluster's Secrets give them; in it `hosts` are replaced, as DNS would. An image with «broken» in its
 * name never becomes ready.
 */
export async function startCluster(hosts: Readonly<Record<string, string>> = {}): Promise<TestCluster> {
  const dir = mkdtempSync(join(tmpdir(), 'cluster-'));
  const said: TestCluster['said'] = [];
  const cluster = await startKubernetesApi({
    becomesReady: pod => !pod.containers[0].image.includes('broken'),
    runJob: async pod => {
      const [{ args, env }] = pod.containers;
      const ended = await runContainer(args, environmentOf(cluster, env, hosts));
      said.push({ args, ...ended });
      return ended.code === 0;
    },
  });
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'here', cluster: { server: cluster.url } }],
    users: [{ name: 'me', user: {} }],
    contexts: [{ name: 'here', context: { cluster: 'here', user: 'me', namespace: 'shop' } }],
    'current-context': 'here',
  };
  const kubeconfig = join(dir, 'config');
  writeFileSync(kubeconfig, JSON.stringify(config));
  const env = childEnv({ KUBECONFIG: kubeconfig, HOME: dir });
  return {
    ...cluster,
    said,
    helm: (...args) => run(helmPath(), args, env),
    kubectl: (args, input) => run(kubectlPath(), args, env, input),
    make: (...words) => run('make', words, env),
    stop: async () => {
      await cluster.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

// Without blocking: the server that they call lives in this very process.
function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  input = '',
): Promise<HelmAnswer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      args,
      { cwd: root, env, encoding: 'utf8', maxBuffer: 64e6 },
      (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') reject(error);
        else resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      },
    );
    child.stdin?.end(input);
  });
}

/** The variables of a container, its secrets looked up. Throws when a Secret or key is not there, as the kubelet would wait for it. */
function environmentOf(
  cluster: Pick<Cluster, 'get'>,
  env: readonly Manifest[],
  hosts: Readonly<Record<string, string>>,
): Record<string, string> {
  const resolved = env.map(({ name, value, valueFrom }) => {
    if (valueFrom === undefined) return [name, value];
    const { name: secret, key } = valueFrom.secretKeyRef;
    const data = cluster.get('Secret', secret)?.data?.[key];
    if (data === undefined) throw new Error(`secret ${secret} has no ${key}`);
    return [name, Buffer.from(data, 'base64').toString()];
  });
  return Object.fromEntries(
    resolved.map(([name, value]) => [
      name,
      Object.entries(hosts).reduce((text: string, [host, address]) => text.replace(host, address), value),
    ]),
  );
}

async function runContainer(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  return { code, text };
}
