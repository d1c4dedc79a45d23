type Body = {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly charge?: string;
  readonly payment_intent?: unknown;
};

/** An error as Stripe answers it (docs.stripe.com/api/errors). */
export class StripeProblem extends Error {
  override readonly name = 'StripeProblem';
  readonly status: number;
  readonly body: Body;
  constructor(status: number, body: Body) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

/** 400: a parameter is missing or wrong. */
export function badParam(message: string, param: string, code = 'parameter_invalid'): StripeProblem {
  return new StripeProblem(400, { type: 'invalid_request_error', code, message, param });
}

/** 404 as Stripe words it. */
export function missing(kind: string, id: string, param = 'id'): StripeProblem {
  return new StripeProblem(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param,
  });
}

/** 400: the intent's state forbids it. */
export function unexpectedState(message: string, intent: unknown): StripeProblem {
  return new StripeProblem(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message,
    payment_intent: intent,
  });
}
