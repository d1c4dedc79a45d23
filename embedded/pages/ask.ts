/** What a form of ours says when the shop does not answer. */
const away = 'The shop does not answer at the moment. Please try again in a minute.';

/** The router answers sooner, or not at all. */
const DEADLINE_MS = 12_000;

/** The member of a result union that came, or what to tell the person instead. */
export type Reply<T> = { readonly ok: T } | { readonly refusal: string };

export type Ask = <T>(
  document: string,
  variables: Readonly<Record<string, unknown>>,
  accessToken?: string,
) => Promise<Reply<T>>;

type Answer = { readonly data?: Readonly<Record<string, unknown>> | null; readonly errors?: unknown };

/** Asks the shop like any client: one root field; a result of type …Error is a refusal, and so are null and every fault. */
export function createAsk(graphqlUrl: string): Ask {
  return async <T>(document: string, variables: Readonly<Record<string, unknown>>, accessToken?: string) => {
    const response = await fetch(graphqlUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
      },
      body: JSON.stringify({ query: document, variables }),
      signal: AbortSignal.timeout(DEADLINE_MS),
    }).catch(() => null);
    const answer = response && ((await response.json()) as Answer);
    const [value] = Object.values(answer?.data ?? {});
    if (!answer || answer.errors !== undefined || value === undefined) return { refusal: away };
    const refused = value as { readonly __typename?: string; readonly message?: string } | null;
    if (refused?.__typename?.endsWith('Error')) return { refusal: `${sentence(refused.message ?? '')}` };
    return { ok: value as T };
  };
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
