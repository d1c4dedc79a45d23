import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

import { z } from 'zod';

import { authenticate, dispatch, onceByKey, refused, reply } from './api.ts';
import { challengePage } from './challenge-page.ts';
import { type FaultInput, type Faults, createFaults, fault } from './faults.ts';
import { decodeForm, text } from './form.ts';
import { finishRefund, openDispute } from './refunds.ts';
import { type LedgerEntry, type Store, openStore, stripeId } from './store.ts';
import { createWebhooks } from './webhooks.ts';
import { type World, apiVersion } from './world.ts';

type StripeOptions = {
  /** 0 takes a free port. */
  readonly port: number;
  /** Where webhooks go; can be told later with `control.webhookUrl()`. */
  readonly webhookUrl?: string | null;
  readonly webhookSecret: string;
  readonly secretKey: string;
  /** Where a browser reaches the 3-D Secure page, `/stripe/3ds/…` below it; the stand-in's own address when absent. */
  readonly publicUrl?: string;
  /** Journal that lets a second start know the first one's payments. */
  readonly file?: string;
  readonly host?: string;
  readonly retryDelays?: readonly number[];
  readonly log?: (line: string) => void;
};

const order = z.strictObject({
  reset: z.boolean().optional(),
  faults: z.array(fault).optional(),
  /** Sends webhooks again: all of them, or the ones with these event ids. */
  redeliver: z.union([z.literal('all'), z.array(z.string())]).optional(),
  /** Opens a dispute on a captured intent. */
  dispute: z.string().optional(),
  /** Settles a refund. */
  refund: z.strictObject({ id: z.string(), status: z.enum(['succeeded', 'failed']) }).optional(),
});

export type StripeStandIn = {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
  /** Every movement of money so far, oldest first: the other side of the shop's own books. */
  ledger(): readonly LedgerEntry[];
  readonly control: {
    add(...faults: readonly FaultInput[]): void;
    clear(): void;
    redeliver(which: 'all' | readonly string[]): number;
    webhookUrl(url: string): void;
    dispute(intentId: string): void;
    finishRefund(id: string, status: 'succeeded' | 'failed'): void;
    store(): Store;
  };
};

const BODY_LIMIT = 1_048_576;

type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: string;
};

/** Starts the Stripe stand-in: the API under /v1, the 3-D Secure page under /stripe/3ds, and POST /control for its faults. */
export async function startStripe(options: StripeOptions): Promise<StripeStandIn> {
  const { log = () => undefined, secretKey, webhookSecret } = options;
  const store = openStore(options.file);
  const faults = createFaults();
  let webhookUrl = options.webhookUrl ?? null;
  let publicUrl = options.publicUrl ?? '';
  const retryDelays = options.retryDelays ?? [250, 500, 1_000, 2_000, 5_000, 15_000, 60_000];
  const webhooks = createWebhooks({
    store,
    faults,
    target: () => webhookUrl,
    secret: webhookSecret,
    retryDelays,
    log,
  });
  const world: World = { store, publicUrl: () => publicUrl, deliver: webhooks.send };
  const running = new Set<string>();

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log(`stripe stand-in: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      if (!response.headersSent)
        json(response, 500, { error: { type: 'api_error', message: 'An unknown error occurred' } });
    });
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://stripe');
    const body = await read(request);
    if (body === null)
      return json(response, 413, {
        error: { type: 'invalid_request_error', message: 'Request body too large' },
      });
    if (url.pathname === '/control') return control(request, response, body);
    if (url.pathname === '/health') return json(response, 200, { status: 'ok' });
    if (url.pathname.startsWith('/stripe/3ds/'))
      return bank(request, response, url.pathname.slice('/stripe/3ds/'.length), body);
    return api({ request, response, url, body });
  };

  const api = async ({ request, response, url, body }: Exchange): Promise<void> => {
    const requestId = stripeId('req');
    const idempotencyKey = request.method === 'POST' ? header(request, 'idempotency-key') : null;
    response.setHeader('request-id', requestId);
    response.setHeader('stripe-version', header(request, 'stripe-version') ?? apiVersion);
    if (idempotencyKey !== null) response.setHeader('idempotency-key', idempotencyKey);
    const params = decodeForm(request.method === 'POST' ? body : url.search);
    const subject = `${request.method} ${url.pathname}`;
    if (faults.strike('drop', 'request', subject)) return void request.socket.destroy();
    const delay = faults.strike('delay', 'request', subject);
    const replied = await reply(async () => {
      authenticate(
        { authorization: request.headers.authorization, path: url.pathname, params, secretKey },
        store,
      );
      const refusal = faults.strike('refuse', 'request', subject);
      if (refusal) throw refused(refusal);
      const run = (): unknown =>
        dispatch(world, {
          method: request.method ?? '',
          path: url.pathname,
          params,
          cause: { requestId, idempotencyKey },
        });
      const work = async (): Promise<unknown> => {
        if (delay) await new Promise(resolve => setTimeout(resolve, delay.ms));
        return run();
      };
      return idempotencyKey === null
        ? { status: 200, body: await work() }
        : onceByKey({ store, running, key: idempotencyKey, request: `${subject}\n${body}` }, work);
    });
    if (faults.strike('commitThenDrop', 'request', subject)) return void request.socket.destroy();
    if (replied.replayed === true) response.setHeader('idempotent-replayed', 'true');
    if (replied.status === 409) response.setHeader('stripe-should-retry', 'true');
    return json(response, replied.status, replied.body);
  };

  const bank = (request: IncomingMessage, response: ServerResponse, id: string, body: string): void => {
    const page = challengePage(
      world,
      id,
      request.method === 'POST' ? (text(decodeForm(body), 'outcome') ?? '') : null,
    );
    if ('redirect' in page) return void response.writeHead(303, { location: page.redirect }).end();
    return void response
      .writeHead(page.status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
      .end(page.html);
  };

  const control = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    if (request.method === 'GET')
      return json(response, 200, { faults: faults.list(), ledger: store.all('ledger') });
    const parsed = order.safeParse(parseJson(body));
    if (request.method !== 'POST' || !parsed.success)
      return json(response, 400, { error: parsed.error ? z.prettifyError(parsed.error) : 'POST, please' });
    obey(world, faults, parsed.data, webhooks.resend);
    return json(response, 200, { faults: faults.list() });
  };

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${options.host ?? '127.0.0.1'}:${port}`;
  if (publicUrl === '') publicUrl = url;
  if (webhookUrl !== null) webhooks.resend('undelivered');

  return {
    url,
    port,
    ledger: () => store.all('ledger'),
    stop: async () => {
      await webhooks.stop();
      await close(server);
    },
    control: {
      add: (...inputs) => inputs.forEach(faults.add),
      clear: faults.clear,
      redeliver: webhooks.resend,
      webhookUrl: address => {
        webhookUrl = address;
      },
      dispute: intentId => void openDispute(world, intentId),
      finishRefund: (id, status) => void finishRefund(world, id, status),
      store: () => store,
    },
  };
}

function obey(
  world: World,
  faults: Faults,
  told: z.output<typeof order>,
  redeliver: (which: 'all' | readonly string[]) => number,
): void {
  if (told.reset === true) faults.clear();
  told.faults?.forEach(faults.add);
  if (told.dispute !== undefined) openDispute(world, told.dispute);
  if (told.refund !== undefined) finishRefund(world, told.refund.id, told.refund.status);
  if (told.redeliver !== undefined) redeliver(told.redeliver);
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The body as text; null when it is too long. */
async function read(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
  }
  return size > BODY_LIMIT ? null : Buffer.concat(chunks).toString('utf8');
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
