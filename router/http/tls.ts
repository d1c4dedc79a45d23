import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type RequestListener, type Server, type ServerOptions } from 'node:http';
import {
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  constants,
  createSecureServer,
} from 'node:http2';
import { type Socket } from 'node:net';

import { type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';

import { type TlsSettings } from './tls-settings.ts';

/** Speaks HTTP/2, and HTTP/1.1 with whoever does not, over TLS. */
export type Tls = {
  /** A server as node:http's: what it is asked over HTTP/2 looks the same. */
  open(options: ServerOptions, answer: RequestListener): Server;
  /** Stops looking for new certificates. */
  close(): Promise<void>;
};

type Certificate = { readonly cert: string; readonly key: string };
type Dependencies = { readonly log: Logger; readonly metrics: Metrics };

/** So many requests at once over one connection; a browser needs a few dozen. */
const MAX_STREAMS = 200;

/**
 * Reads the certificate, and rejects when it cannot be used. A later one is taken for new connections without a restart; one
 * that cannot be used changes nothing but a metric and a log line.
 */
export async function openTls(settings: TlsSettings, { log, metrics }: Dependencies): Promise<Tls> {
  const expires = metrics.gauge(
    'tls_certificate_expires_timestamp_seconds',
    'When the certificate that is shown to clients ends, in seconds since 1970.',
  );
  const updates = metrics.counter(
    'tls_certificate_updates_total',
    'New certificates, by what became of them.',
    ['result'],
  );
  const servers = new Set<Http2SecureServer>();
  let seen = await readFiles(settings);
  let current = checked(seen);
  expires.set(endOf(current));

  const look = async (): Promise<void> => {
    const found = await readFiles(settings).catch((error: unknown) => error);
    if (found instanceof Error) {
      log.error({ err: found }, 'the certificate cannot be read; the old one stays');
      return;
    }
    const files = found as Certificate;
    if (files.cert === seen.cert && files.key === seen.key) return;
    seen = files;
    try {
      current = checked(files);
      for (const server of servers) server.setSecureContext(current);
      expires.set(endOf(current));
      updates.inc({ result: 'ok' });
      log.info({ until: new Date(endOf(current) * 1_000).toISOString() }, 'another certificate is shown');
    } catch (error) {
      // Its files are written one after the other: half of a pair is looked at again when the rest has come.
      updates.inc({ result: 'failed' });
      log.error({ err: error }, 'the certificate cannot be used; the old one stays');
    }
  };
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => (looking = looking.then(look)), settings.pollMs);
  timer.unref();

  return {
    open: (options, answer) => {
      const server = createSecureServer(
        {
          ...current,
          allowHTTP1: true,
          minVersion: 'TLSv1.2',
          settings: { maxConcurrentStreams: MAX_STREAMS, maxHeaderListSize: options.maxHeaderSize ?? 16_384 },
        },
        answer as unknown as Parameters<typeof createSecureServer>[1],
      );
      servers.add(server);
      server.once('close', () => servers.delete(server));
      return likeHttp(server, options);
    },
    close: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}

/** Gives the server what node:http's has beside: limits, and the ends of connections. */
function likeHttp(server: Http2SecureServer, options: ServerOptions): Server {
  const sockets = new Set<Socket>();
  const sessions = new Set<ServerHttp2Session>();
  let closing = false;
  server.on('secureConnection', socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('session', session => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    if (closing) session.close();
  });
  server.on('stream', stream => boundBody(stream, options.requestTimeout ?? 0));
  // Of HTTP/1.1; the types do not know it yet.
  const { closeIdleConnections } = server as unknown as Server;
  return Object.assign(server, {
    ...options,
    closeIdleConnections: () => {
      closing = true;
      // Takes no more requests, and ends with the last one under way.
      for (const session of sessions) session.close();
      closeIdleConnections.call(server as unknown as Server);
    },
    closeAllConnections: () => {
      for (const socket of sockets) socket.destroy();
    },
  }) as unknown as Server;
}

/**
 * A body that does not come in time ends its stream, as node:http ends a connection. What is still to come of one that has been
 * answered is not waited for: unread, it would use up the window that all of the connection share.
 */
function boundBody(stream: ServerHttp2Stream, withinMs: number): void {
  if (stream.endAfterHeaders) return;
  const late = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), withinMs);
  stream.once('end', () => clearTimeout(late));
  stream.once('close', () => clearTimeout(late));
  stream.once('finish', () => {
    if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
  });
}

async function readFiles({ certPath, keyPath }: TlsSettings): Promise<Certificate> {
  const [cert, key] = await Promise.all([readFile(certPath, 'utf8'), readFile(keyPath, 'utf8')]);
  return { cert, key };
}

/** Throws when the two do not belong together, or cannot be read. */
function checked(pair: Certificate): Certificate {
  if (!new X509Certificate(pair.cert).checkPrivateKey(createPrivateKey(pair.key)))
    throw new Error('the key is not the certificate’s');
  return pair;
}

/** Seconds since 1970. */
function endOf({ cert }: Certificate): number {
  return Math.floor(new X509Certificate(cert).validToDate.getTime() / 1_000);
}
