import { isRecord } from '../json.ts';

/** What a subgraph has answered, as it was parsed. */
export type SubgraphAnswer = {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly SubgraphError[];
};

type SubgraphError = {
  readonly message?: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Record<string, unknown>;
};

/** Reads the answer of a subgraph. Throws for everything that is not GraphQL over HTTP with the status of a usable answer. */
export function readAnswer(status: number, contentType: string, text: string): SubgraphAnswer {
  // Redirects, 401 and 5xx, with GraphQL in them or not, are failures of the deployment, not of the operation.
  if (status !== 200 && status !== 400) throw new Error(`the subgraph answered with status ${status}`);
  if (contentType !== '' && !isJson(contentType))
    throw new Error(`the subgraph answered with content of type ${contentType.slice(0, 100)}`);
  return readResult(JSON.parse(text));
}

/** A result as GraphQL has it; throws for what is none. */
export function readResult(body: unknown): SubgraphAnswer {
  if (!isRecord(body)) throw notGraphql();
  const { data, errors } = body;
  if (errors !== undefined && errors !== null && !(Array.isArray(errors) && errors.every(isRecord)))
    throw notGraphql();
  const hasErrors = Array.isArray(errors) && errors.length > 0;
  if (data === undefined || data === null ? !hasErrors : !isRecord(data)) throw notGraphql();
  if (hasErrors) body['errors'] = errors.map(readError);
  return body;
}

// What is not as GraphQL has it is left out of an error: it must not cost the data beside it.
function readError({ message, path, extensions }: Readonly<Record<string, unknown>>): SubgraphError {
  return {
    ...(typeof message === 'string' ? { message } : {}),
    ...(isPath(path) ? { path } : {}),
    ...(isRecord(extensions) ? { extensions } : {}),
  };
}

function isPath(path: unknown): path is (string | number)[] {
  return Array.isArray(path) && path.every(step => typeof step === 'string' || Number.isInteger(step));
}

function isJson(contentType: string): boolean {
  return contentType.startsWith('application/json') || /^application\/([\w.-]+\+)?json\b/i.test(contentType);
}

function notGraphql(): Error {
  return new Error('the subgraph did not answer with GraphQL');
}
