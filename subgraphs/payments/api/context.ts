import { type RequestContext } from '#platform/context.ts';

import { type Work } from '../actions/work.ts';
import { type PaymentStatus } from '../domain/payment.ts';
import { type PaymentRow } from '../store/payments.ts';
import { type Loaders } from './loaders.ts';

export type Context = RequestContext & {
  readonly loaders: Loaders;
  /** What the actions that talk to the provider need. */
  readonly work: Work;
};

/** A stored payment, as the one who asks may see it. */
export type PaymentParent = PaymentRow & {
  /** A past state, for followers who must not miss any; the present one when absent. */
  readonly seen?: { readonly status: PaymentStatus; readonly captured: bigint; readonly refunded: bigint };
  /** Whether the viewer has shown the guest token of the payment's order. */
  readonly byGuest?: boolean;
};

/** Something of another subgraph, known here by its id only. */
export type Reference = { readonly id: string };
