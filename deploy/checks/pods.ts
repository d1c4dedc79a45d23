import assert from 'node:assert/strict';
import process from 'node:process';

import { subgraphs } from '#schema/events.ts';

import { services } from '../chart/variables.ts';
import { type Check } from '../check.ts';
import { command } from '../support/engine.ts';
import { postgresImage, shopImage } from '../support/images.ts';
import { type Found, openPodman } from '../support/podman.ts';

export const checks: readonly Check[] = [
  {
    name: 'pods: what the chart renders runs in podman, restricted as it says, migrates, answers helm test, backs up and ends when told',
    run: async () => {
      const podman = await openPodman();
      const { name } = await shopImage(podman);
      const backups = await postgresImage(podman);
      // A network of its own: the pods' ports are the chart's, and others may use the same.
      const start = 'ip link set lo up && exec "$0" deploy/support/pods.ts "$1" "$2"';
      const text = await command('unshare', [
        '--net',
        'sh',
        '-c',
        start,
        process.execPath,
        `localhost/${name}`,
        `localhost/${backups}`,
      ]);
      const { migrations, test, backup, saved, stopped, facts } = JSON.parse(text) as Found;
      assert.deepEqual(migrations, [0, 0, 0, 0, 0, 0]);
      assert.equal(test, 0, 'the query of helm test');
      assert.equal(backup, 0, 'the backup of the CronJob');
      assert.deepEqual(
        saved.filter(file => file.endsWith('.dump')).toSorted(),
        subgraphs.map(each => `${each}.dump`).toSorted(),
      );
      assert.ok(saved.includes('MANIFEST') && saved.includes('SHA256SUMS'));
      assert.deepEqual(stopped, [0, 0, 0, 0, 0, 0, 0], 'SIGTERM ends a service in good order');
      const mebibytes = (service: string): number => (service === 'router' ? 1_024 : 512);
      assert.deepEqual(
        facts,
        services.map(service => {
          return {
            name: service,
            uid: '10001',
            capabilities: '0000000000000000',
            noNewPrivileges: '1',
            seccomp: '2',
            memory: mebibytes(service) * 1_048_576,
            writes: ['EROFS', 'written'],
          };
        }),
      );
    },
  },
];
