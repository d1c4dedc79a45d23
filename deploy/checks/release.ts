import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { type Check } from '../check.ts';
import { startImageRegistry } from '../standins/image-registry.ts';
import { command, demand, root, withEngine } from '../support/engine.ts';
import { shopImage } from '../support/images.ts';

const version = '9.9.9-check';

export const checks: readonly Check[] = [
  {
    name: 'release: make builds an image with its list of parts, pushes it, and what is pulled by its digest runs',
    run: () =>
      withEngine(async engine => {
        // Brings the base image; the layers of the build below come from its cache.
        await shopImage(engine);
        const registry = await startImageRegistry();
        const image = `${registry.host}/shop`;
        const make = (...words: readonly string[]): Promise<string> =>
          command('make', [...words, `IMAGE=${image}`, `VERSION=${version}`], engine.env);
        try {
          await make('docker-build-prod', 'BUILD_FLAGS=--network host --quiet');
          const parts = JSON.parse(readFileSync(join(root, `.data/sbom-${version}.json`), 'utf8')) as {
            bomFormat: string;
          };
          demand(parts.bomFormat === 'CycloneDX', 'make sbom wrote no list of parts');
          const said = await make('release');
          const digest = registry.pushed.get(`shop:${version}`);
          demand(digest !== undefined, `nothing was pushed: ${said}`);
          demand(said.includes(`${image}@${digest}`), `make release did not say ${digest}: ${said}`);

          await engine.docker('rmi', '--force', `${image}:${version}`);
          await engine.docker('pull', '--quiet', `${image}@${digest}`);
          const format = '{{index .Config.Labels "org.opencontainers.image.version"}}';
          const label = await engine.docker('inspect', '--format', format, `${image}@${digest}`);
          demand(label.trim() === version, `its label says ${label}`);
          const uid = await engine.docker('run', '--rm', `${image}@${digest}`, '-p', 'process.getuid()');
          demand(uid.trim() === '10001', `it runs as ${uid}`);
        } finally {
          rmSync(join(root, `.data/sbom-${version}.json`), { force: true });
          const left = await engine.docker('images', '--quiet', '--no-trunc', image);
          const ids = [...new Set(left.split('\n').filter(Boolean))];
          if (ids.length > 0) await engine.docker('rmi', '--force', ...ids);
          await registry.stop();
        }
      }),
  },
  {
    name: 'release: neither an image without a registry nor a deploy to production without CONFIRM goes out',
    run: async () => {
      const refused = async (...words: readonly string[]): Promise<string> => {
        // Nothing is run: what make would do is enough.
        const said = await command('make', ['--dry-run', ...words]).then(
          text => `would run: ${text}`,
          String,
        );
        return said;
      };
      const release = await refused('release', 'VERSION=1.2.3');
      demand(/IMAGE= names no registry/.test(release), release);
      const production = await refused('deploy-production', 'VERSION=1.2.3');
      demand(/this changes production: make deploy-production CONFIRM=yes/.test(production), production);
      const confirmed = await refused(
        'deploy-production',
        'VERSION=1.2.3',
        'CONFIRM=yes',
        'IMAGE=r.example/shop',
      );
      demand(/^would run: .*helm upgrade --install/s.test(confirmed), confirmed);
      demand(/image\.tag=1\.2\.3/.test(confirmed) && /values-production\.yaml/.test(confirmed), confirmed);
    },
  },
];
