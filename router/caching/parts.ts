import { type SubgraphAnswer } from '../fetching/answer.ts';
import { type Reply } from '../fetching/exchange.ts';
import { type SubgraphCall } from '../fetching/subgraph-request.ts';
import { type FetchFacts } from './fetch-facts.ts';

type Body = {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
};

/** A fetch by its parts, each of which is kept by itself: one for each representation, or one for all. */
export type Parts = {
  /** Representations as objects; null for a fetch of no entities, which has one part. */
  readonly representations: readonly Readonly<Record<string, unknown>>[] | null;
  /** Everything else that the answer depends on. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly count: number;
  /** The body that asks for some of the parts only. */
  bodyOf(indexes: readonly number[]): string;
};

type Received = Extract<Reply, { answer: SubgraphAnswer }>;
type Faults = NonNullable<SubgraphAnswer['errors']>;

export function readBody(call: SubgraphCall): Body {
  return JSON.parse(call.body) as Body;
}

/** Takes a request apart. */
export function takeApart(call: SubgraphCall, body: Body, facts: FetchFacts): Parts {
  const { representations, ...variables } = body.variables;
  if (!facts.entities || !Array.isArray(representations))
    return { representations: null, variables: body.variables, count: 1, bodyOf: () => call.body };
  const all = representations as readonly Readonly<Record<string, unknown>>[];
  return {
    representations: all,
    variables,
    count: all.length,
    bodyOf: indexes =>
      indexes.length === all.length
        ? call.body
        : JSON.stringify({
            ...body,
            variables: { ...variables, representations: indexes.map(index => all[index]) },
          }),
  };
}

/** The texts of an answer's parts; as many as were asked for. */
export function textsOf({ answer }: Received, parts: Parts, asked: readonly number[]): string[] {
  if (!parts.representations) return [JSON.stringify(answer.data ?? null)];
  const entities = answer.data?.['_entities'];
  const list: readonly unknown[] = Array.isArray(entities) ? entities : [];
  return asked.map((_, index) => JSON.stringify(list[index] ?? null));
}

/** An answer to a part of a request, its errors where they belong in the whole. */
export function faultsOf({ answer }: Received, parts: Parts, asked: readonly number[]): Faults {
  const { errors = [] } = answer;
  if (!parts.representations) return errors;
  return errors.map(error => {
    const [field, index, ...rest] = error.path ?? [];
    const own = typeof index === 'number' ? asked[index] : asked[0];
    return own === undefined ? error : { ...error, path: [field ?? '_entities', own, ...rest] };
  });
}

/** Puts an answer together again; it is the caller's own. */
export function putTogether(
  parts: Parts,
  texts: readonly string[],
  faults: Faults,
): Pick<Received, 'answer' | 'text'> {
  const data = parts.representations ? `{"_entities":[${texts.join(',')}]}` : (texts[0] ?? 'null');
  const told = faults.length === 0 ? '' : `"errors":${JSON.stringify(faults)},`;
  const text = `{${told}"data":${data}}`;
  return { answer: JSON.parse(text) as SubgraphAnswer, text };
}
