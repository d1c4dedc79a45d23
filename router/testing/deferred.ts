import { isRecord } from '../json.ts';

type Path = readonly (string | number)[];
type Errors = readonly {
  readonly message: string;
  readonly path?: Path;
  readonly extensions: Readonly<Record<string, unknown>>;
}[];
/** One result of an answer in parts. */
export type DeferPart = {
  readonly data?: unknown;
  readonly errors?: Errors;
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly hasNext: boolean;
  readonly incremental?: readonly {
    readonly label?: string;
    readonly data: unknown;
    readonly path: Path;
    readonly errors?: Errors;
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
};

export type Asked = {
  readonly query: string;
  readonly variables?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly extensions?: object;
};

/** As Apollo Client asks. */
export const deferAccept =
  'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9';

/** Asks as Apollo Client does for a document with `@defer`. */
export function askDeferred(
  url: string,
  { query, variables, headers, extensions }: Asked,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: deferAccept, ...headers },
    body: JSON.stringify({ query, variables, extensions }),
    ...(signal ? { signal } : {}),
  });
}

/** Reads an answer part by part, in the way of Apollo Client: by the boundary of the head, each part up to the next boundary. */
export async function* readDeferred(response: Response): AsyncGenerator<DeferPart> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/mixed')) {
    yield { ...((await response.json()) as object), hasNext: false };
    return;
  }
  const boundary = `--${/boundary=(?:"([^"]+)"|([^;]+))/.exec(type)?.slice(1).find(Boolean) ?? '-'}`;
  const decoder = new TextDecoder();
  let rest = '\r\n';
  let isOver = false;
  for await (const chunk of response.body ?? new ReadableStream<Uint8Array>()) {
    rest += decoder.decode(chunk, { stream: true });
    const texts = rest.split(`\r\n${boundary}`);
    rest = texts.pop() ?? '';
    for (const text of texts) {
      const [head = '', body] = text.split('\r\n\r\n');
      if (body === undefined) continue;
      if (!/content-type: application\/json/i.test(head)) throw new Error(`a part without a type: ${head}`);
      if (isOver) throw new Error('a part after the last one');
      const part = JSON.parse(body) as DeferPart;
      isOver = !part.hasNext;
      yield part;
    }
    if (rest.startsWith('--')) break;
  }
  if (!isOver || !rest.startsWith('--')) throw new Error('the answer has no end');
}

/** All parts of an answer. */
export async function allParts(url: string, asked: Asked): Promise<DeferPart[]> {
  const parts: DeferPart[] = [];
  for await (const part of readDeferred(await askDeferred(url, asked))) parts.push(part);
  return parts;
}

/** What a client has when it has put all parts together. */
export function assemble([first, ...later]: readonly DeferPart[]): unknown {
  const whole = { data: first?.data };
  for (const { data, path } of later.flatMap(({ incremental }) => incremental ?? [])) {
    const target = ['data', ...path].reduce<unknown>(
      (at, step) => (at as Record<string | number, unknown>)[step],
      whole,
    );
    if (!isRecord(target)) throw new Error(`nothing is at ${path.join('.')}`);
    if (data !== null) merge(target, data as Record<string, unknown>);
  }
  return whole.data;
}

function merge(target: Record<string, unknown>, source: object): void {
  for (const [key, value] of Object.entries(source)) {
    const old = target[key];
    if (old !== null && typeof old === 'object' && value !== null && typeof value === 'object')
      merge(old as Record<string, unknown>, value as object);
    else target[key] = value;
  }
}
