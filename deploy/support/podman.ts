import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Engine, command, needPrograms, place } from './engine.ts';

const folder = join(place, 'podman');

/**
 * podman, installed if need be, with images, containers and settings of its own: nobody else's are seen or touched. In its containers
 * these names are this machine.
 */
export async function openPodman(names: readonly string[] = []): Promise<Engine> {
  await needPrograms({
    podman: 'podman',
    runc: 'runc',
    catatonit: 'catatonit',
    netavark: 'netavark',
    'aardvark-dns': 'aardvark-dns',
    iptables: 'iptables',
  });
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'containers.conf');
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, `127.0.0.1 ${['localhost', ...names].join(' ')}\n`);
  // crun wants another kind of cgroups; podman 4.3 mixes up soft and hard limits, which therefore are the same.
  writeFileSync(
    config,
    [
      '[engine]',
      'runtime = "runc"',
      'cgroup_manager = "cgroupfs"',
      'events_logger = "file"',
      '[containers]',
      `base_hosts_file = "${hosts}"`,
      'default_ulimits = ["nofile=8192:8192", "nproc=8192:8192"]',
      '',
    ].join('\n'),
  );
  const env = { CONTAINERS_CONF: config };
  const own = ['--root', join(folder, 'data'), '--runroot', join(folder, 'run')];
  return {
    env,
    docker: (...args) => command('podman', [...own, ...args], env),
    compose: () => Promise.reject(new Error('podman has no compose')),
  };
}

/** What one running container may do, as the kernel and the engine tell. */
export type Facts = {
  readonly name: string;
  readonly uid: string;
  readonly capabilities: string;
  readonly noNewPrivileges: string;
  readonly seccomp: string;
  readonly memory: number;
  /** The answers to writing into its root and into /tmp. */
  readonly writes: readonly string[];
};
export type Found = {
  /** Exit codes: of migrations, of the test, of the backup, of services after SIGTERM. */
  readonly migrations: readonly number[];
  readonly test: number;
  readonly backup: number;
  /** The files of the backup that was made. */
  readonly saved: readonly string[];
  readonly stopped: readonly number[];
  readonly facts: readonly Facts[];
};
