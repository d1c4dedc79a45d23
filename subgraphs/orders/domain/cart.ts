import { DomainError, conflict, invalid } from '#platform/errors.ts';

export type CartStatus = 'OPEN' | 'CHECKING_OUT' | 'CLOSED';

/** A line as the cart keeps it. */
export type CartLine = {
  readonly id: string;
  readonly variantId: string;
  readonly quantity: number;
  /** Minor units when the line was last set: shown only while the catalogue has no price any more. */
  readonly unitPrice: string;
};

/** What a new cart has when nobody asks for anything else: ISO 4217 and ISO 3166-1 alpha-2. */
export type ShopDefaults = { readonly currency: string; readonly country: string };

/** A wish for one variant; `field` is its path in the client's input. */
export type Wish = {
  readonly variantId: string;
  readonly quantity: number;
  readonly field: readonly string[];
};

/** Why a line cannot be ordered, however much is in stock. */
export type LineProblem = 'MISSING' | 'NOT_SELLABLE' | 'NO_PRICE';

/** Why a cart cannot be checked out as it stands. */
export type CartProblem =
  | {
      readonly kind: 'VARIANT';
      readonly variantId: string;
      readonly reason: LineProblem;
    }
  | { readonly kind: 'VOUCHER'; readonly code: string }
  | { readonly kind: 'SHIPPING_METHOD'; readonly shippingMethodId: string };

const largestQuantity = 999;
export const mostLines = 100;
export const mostVouchers = 5;
/** A cart that nobody touches for so many days is forgotten. */
const cartDays = 30;

/** When a cart that is touched now expires. */
export function cartExpiry(now: Date): Date {
  return new Date(now.getTime() + cartDays * 86_400_000);
}

/** Refuses a change of a cart that is being checked out or is closed, or that somebody else has changed since. */
export function mustBeOpen(
  cart: { readonly status: CartStatus; readonly version: number },
  expectedVersion: number | null = null,
): void {
  if (cart.status === 'CHECKING_OUT')
    throw conflict('this cart is being checked out', cart.version, 'CART_CHECKING_OUT');
  if (cart.status === 'CLOSED') throw conflict('this cart is closed', cart.version, 'CART_CLOSED');
  if (expectedVersion !== null && expectedVersion !== cart.version) {
    throw conflict('this cart has changed meanwhile', cart.version, 'VERSION');
  }
}

/** Adds up wishes for the same variant; throws ValidationError for a quantity outside 0..999. */
export function mergeWishes(wishes: readonly Wish[]): Wish[] {
  const merged = new Map<string, Wish>();
  for (const wish of wishes) {
    const variantId = wish.variantId.toLowerCase();
    const quantity = wish.quantity + (merged.get(variantId)?.quantity ?? 0);
    if (wish.quantity < 0 || quantity > largestQuantity) {
      throw invalid(`a quantity is 0 to ${largestQuantity}`, [...wish.field, 'quantity'], 'QUANTITY');
    }
    merged.set(variantId, { variantId, quantity, field: wish.field });
  }
  return [...merged.values()];
}

/**
 * Sets quantities absolutely: zero removes, lines that are not named stay. `lineOf` makes the line of a variant that is
 * not in the cart yet, and prices any that is set.
 */
export function setLines(
  lines: readonly CartLine[],
  wishes: readonly Wish[],
  make: { readonly id: () => string; readonly unitPrice: (wish: Wish) => string },
): CartLine[] {
  const wanted = new Map(wishes.map(wish => [wish.variantId, wish]));
  const kept = lines.flatMap(line => {
    const wish = wanted.get(line.variantId);
    if (!wish) return [line];
    return wish.quantity === 0 ? [] : [{ ...line, quantity: wish.quantity, unitPrice: make.unitPrice(wish) }];
  });
  const known = new Set(lines.map(line => line.variantId));
  const added = wishes
    .filter(wish => wish.quantity > 0 && !known.has(wish.variantId))
    .map(wish => ({
      id: make.id(),
      variantId: wish.variantId,
      quantity: wish.quantity,
      unitPrice: make.unitPrice(wish),
    }));
  return withinLimit([...kept, ...added], ['lines']);
}

/** Adds another cart's lines; quantities of the same variant add up, to 999 at most. */
export function addLines(lines: readonly CartLine[], others: readonly CartLine[]): CartLine[] {
  const merged = new Map(lines.map(line => [line.variantId, line]));
  for (const other of others) {
    const mine = merged.get(other.variantId);
    const quantity = Math.min(largestQuantity, other.quantity + (mine?.quantity ?? 0));
    merged.set(other.variantId, { ...(mine ?? other), quantity });
  }
  return withinLimit([...merged.values()], ['cartId']);
}

function withinLimit(lines: CartLine[], field: readonly string[]): CartLine[] {
  if (lines.length > mostLines)
    throw invalid(`a cart has at most ${mostLines} lines`, field, 'TOO_MANY_LINES');
  return lines;
}

/** Whether this can be the id of a cart at all; what cannot is not looked for. */
export function isCartId(id: string): boolean {
  return /^[\w-]{22}$/.test(id);
}

/** Whether this can be a voucher's code, in capitals. */
export function isVoucherCode(code: string): boolean {
  return /^[^\p{Cc}]{1,64}$/u.test(code) && code.isWellFormed();
}

/** How codes are stored and compared: without blanks around, in capitals. */
export function voucherCode(code: string): string {
  return code.trim().toUpperCase();
}

/** VoucherInvalidError: the voucher does not count, whatever the reason, which `code` tells. `field` is the input to blame. */
export function voucherInvalid(
  voucher: string,
  {
    code,
    message,
    field,
  }: { readonly code: string; readonly message: string; readonly field: readonly string[] },
): DomainError {
  return new DomainError('VoucherInvalidError', code, message, { field, details: { voucher } });
}

/** The input to blame when a cart cannot be checked out as it is. */
export const checkoutCart: readonly string[] = ['input', 'cartId'];

const variantReasons = {
  MISSING: 'this product does not exist any more',
  NOT_SELLABLE: 'this product is not sold any more',
  NO_PRICE: 'this product has no price in the currency of the cart',
} as const;

/** Throws the first problem as the error that the client receives; does nothing when there is none. */
export function refuseProblems(problems: readonly CartProblem[]): void {
  const [problem] = problems;
  if (!problem) return;
  switch (problem.kind) {
    case 'VARIANT':
      throw invalid(
        `${variantReasons[problem.reason]} (variant ${problem.variantId})`,
        checkoutCart,
        `VARIANT_${problem.reason}`,
      );
    case 'VOUCHER':
      throw voucherInvalid(problem.code, {
        code: 'VOUCHER_INVALID',
        message: `the voucher ${problem.code} is not valid any more`,
        field: checkoutCart,
      });
    case 'SHIPPING_METHOD':
      throw invalid(
        'the chosen shipping method does not fit this cart any more',
        checkoutCart,
        'SHIPPING_METHOD',
      );
  }
}
