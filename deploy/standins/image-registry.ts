import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

export type ImageRegistry = {
  /** host:port, for the names of images. */
  readonly host: string;
  /** Digests of the manifests that were pushed, by `repository:reference`. */
  readonly pushed: ReadonlyMap<string, string>;
  stop(): Promise<void>;
};

/** A registry of images on loopback: what `docker push` and `docker pull` ask of one, with every digest checked. */
export async function startImageRegistry(): Promise<ImageRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'image-registry-'));
  const pushed = new Map<string, string>();
  const types = new Map<string, string>();
  const fileOf = (digest: string): string => join(folder, digest.replace(':', '-'));

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://registry');
    response.setHeader('docker-distribution-api-version', 'registry/2.0');
    if (url.pathname === '/v2/') {
      response.end('{}');
      return;
    }
    const [, repository = '', kind, rest = ''] =
      /^\/v2\/(.+?)\/(blobs|manifests)\/(.*)$/.exec(url.pathname) ?? [];
    if (kind === 'manifests') await manifest(request, response, [repository, rest]);
    else if (rest.startsWith('uploads/')) await upload(request, response, url);
    else send(request, response, rest);
  };

  const send = (request: IncomingMessage, response: ServerResponse, digest: string): void => {
    const file = fileOf(digest);
    if (!existsSync(file)) {
      response.writeHead(404).end('{"errors":[]}');
      return;
    }
    const type = types.get(digest) ?? 'application/octet-stream';
    const headers = { 'content-type': type, 'docker-content-digest': digest };
    response.writeHead(200, { ...headers, 'content-length': statSync(file).size });
    if (request.method === 'HEAD') response.end();
    else createReadStream(file).pipe(response);
  };

  const upload = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const id = request.method === 'POST' ? randomUUID() : (url.pathname.split('/').at(-1) ?? '');
    const file = join(folder, id);
    await pipeline(request, createWriteStream(file, { flags: 'a' }));
    const digest = url.searchParams.get('digest');
    if (request.method === 'PUT' && digest !== null) {
      if ((await digestOf(file)) !== digest) throw new Error(`${digest} is not what was sent`);
      await rename(file, fileOf(digest));
      response.writeHead(201, { 'docker-content-digest': digest, location: url.pathname }).end();
      return;
    }
    const location = request.method === 'POST' ? `${url.pathname}${id}` : url.pathname;
    const range = `0-${Math.max(0, statSync(file).size - 1)}`;
    response.writeHead(202, { location, range, 'docker-upload-uuid': id, 'content-length': 0 }).end();
  };

  const manifest = async (
    request: IncomingMessage,
    response: ServerResponse,
    [repository, reference]: readonly [string, string],
  ): Promise<void> => {
    const name = `${repository}:${reference}`;
    if (request.method !== 'PUT') {
      send(request, response, pushed.get(name) ?? reference);
      return;
    }
    const body = await buffer(request);
    const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
    await writeFile(fileOf(digest), body);
    types.set(digest, request.headers['content-type'] ?? '');
    pushed.set(name, digest);
    response.writeHead(201, { 'docker-content-digest': digest, location: request.url }).end();
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(400).end(JSON.stringify({ errors: [{ message: String(error) }] }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    pushed,
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return `sha256:${hash.digest('hex')}`;
}
