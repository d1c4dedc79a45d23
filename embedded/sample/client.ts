type Json = Readonly<Record<string, unknown>>;
type Answer<T> = {
  readonly data?: T | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
};
type Refusal = { readonly __typename: string; readonly code?: string; readonly message?: string };

/** A GraphQL client of the sample, as one person or nobody. */
export type Client = {
  /** Sends a document; throws on any error. */
  ask<T>(document: string, variables?: Json): Promise<T>;
  /**
   * Sends one mutation several times in one request, each with its own variables: `input` alone by its type, or several
   * by name. Throws when one is refused.
   */
  change(
    field: string,
    types: string | Readonly<Record<string, string>>,
    all: readonly Json[],
  ): Promise<void>;
  /** The same, but repeats what names something that is not known yet: events need a moment. */
  changeSoon(field: string, types: Readonly<Record<string, string>>, all: readonly Json[]): Promise<void>;
  /** Asks again and again until there is an answer. */
  until<T>(ask: () => Promise<T | null>, patienceMs: number): Promise<T>;
  /** The same client for somebody who has signed in. */
  signIn(account: { readonly email: string; readonly password: string }): Promise<Client>;
};

/** At most 20 root fields fit a request, and the router plans a shape once. */
const batchSize = 10;
const parallel = 2;
const patienceMs = 30_000;

/** Works through a list in batches, a few at a time. */
export async function inBatches<T>(
  all: readonly T[],
  work: (batch: readonly T[]) => Promise<void>,
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(all.length / batchSize) }, (_, i) =>
    all.slice(i * batchSize, (i + 1) * batchSize),
  );
  await inParallel(batches, work);
}

/** Works through a list, a few at a time. */
export async function inParallel<T>(all: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
  const waiting = all.values();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (const each of waiting) await work(each);
    }),
  );
}

const isTooEarly = ({ __typename, code }: Refusal): boolean =>
  __typename === 'NotFoundError' || code?.startsWith('UNKNOWN_') === true;

/** A client of the shop at `url`, signed in when there is a token. */
export function createClient(url: string, token: string | null = null): Client {
  const ask = async <T>(document: string, variables: Json = {}): Promise<T> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query: document, variables }),
    });
    const answer = (await response.json()) as Answer<T>;
    if (answer.errors?.length || !answer.data) {
      const said = answer.errors
        ?.map(error => `${error.message} (${error.extensions?.code ?? response.status})`)
        .join('; ');
      throw new Error(`${document.slice(0, 80)}…: ${said ?? `HTTP ${response.status}`}`);
    }
    return answer.data;
  };

  const until = async <T>(look: () => Promise<T | null>, ms: number): Promise<T> => {
    const deadline = Date.now() + ms;
    for (let pause = 20; ; pause = Math.min(pause * 1.5, 250)) {
      const found = await look();
      if (found !== null) return found;
      if (Date.now() > deadline) throw new Error('the shop took too long to answer');
      await new Promise(resolve => setTimeout(resolve, pause));
    }
  };

  /** Answers the refusals by position; null where all went well. */
  const send = async (
    field: string,
    types: Readonly<Record<string, string>>,
    all: readonly Json[],
  ): Promise<(Refusal | null)[]> => {
    const names = Object.keys(types);
    const declared = all.flatMap((_, i) => names.map(name => `$${name}${i}: ${types[name]}`)).join(', ');
    const fields = all.map(
      (_, i) =>
        `c${i}: ${field}(${names.map(name => `${name}: $${name}${i}`).join(', ')}) { __typename ... on UserError { code message } }`,
    );
    const variables = Object.fromEntries(
      all.flatMap((each, i) => names.map(name => [`${name}${i}`, each[name] ?? null])),
    );
    const answers = await ask<Record<string, Refusal>>(
      `mutation(${declared}) { ${fields.join(' ')} }`,
      variables,
    );
    return all.map((_, i) => {
      const answer = answers[`c${i}`];
      return answer?.code === undefined ? null : answer;
    });
  };

  const refused = (field: string, each: Json | undefined, refusal: Refusal): Error =>
    new Error(
      `${field} was refused: ${refusal.message ?? refusal.__typename} (${JSON.stringify(each).slice(0, 200)})`,
    );

  return {
    ask,
    until,
    change: async (field, types, all) => {
      if (all.length === 0) return;
      const answers = await send(field, typeof types === 'string' ? { input: types } : types, all);
      for (const [i, refusal] of answers.entries()) if (refusal) throw refused(field, all[i], refusal);
    },
    changeSoon: async (field, types, all) => {
      let left = all;
      await until(async () => {
        const answers = await send(field, types, left);
        for (const [i, refusal] of answers.entries())
          if (refusal && !isTooEarly(refusal)) throw refused(field, left[i], refusal);
        left = left.filter((_, i) => answers[i] !== null);
        return left.length === 0 ? true : null;
      }, patienceMs);
    },
    signIn: async ({ email, password }) => {
      const { signIn } = await ask<{ signIn: { tokens?: { accessToken: string }; message?: string } }>(
        'mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { ... on SignInSuccess { tokens { accessToken } } ... on UserError { message } } }',
        { email, password },
      );
      if (!signIn.tokens) throw new Error(`${email} cannot sign in: ${signIn.message ?? 'refused'}`);
      return createClient(url, signIn.tokens.accessToken);
    },
  };
}
