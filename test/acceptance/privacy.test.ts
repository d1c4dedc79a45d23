import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { Kind, type OperationDefinitionNode, type TypeNode, buildSchema, parse, typeFromAST } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';

import { subgraphs } from '#schema/events.ts';

import { documents } from '../support/documents.ts';
import { type TestShop, openTestShop } from '../support/shop.ts';
import { address, checkout, fillCart, findVariants, until } from '../support/shopping.ts';
import { madeUp, shortest, subgraphSchema } from '../support/variables.ts';

let shop: TestShop;
let a: string;
let b: string;
beforeAll(async () => {
  shop = await openTestShop();
  a = await shop.signIn();
  b = await newcomer();
}, 120_000);

const password = 'a-long-enough-passphrase';
async function newcomer(): Promise<string> {
  const { data } = await shop.client.run('Register', {
    input: { email: `b-${randomUUID()}@example.com`, password },
  });
  return data.register.tokens.accessToken as string;
}

type Guarded = {
  readonly path: string;
  readonly root: 'query' | 'mutation' | 'subscription';
  readonly text: string;
  readonly variables: Record<string, unknown>;
  readonly scoped: boolean;
};

/** Every root field of the six schemas that asks for a scope or a sign-in: a new one is covered the day it is written. */
const guarded: Guarded[] = subgraphs.flatMap(name => {
  const schema = subgraphSchema(name);
  return (['query', 'mutation', 'subscription'] as const).flatMap(root => {
    const type = {
      query: schema.getQueryType(),
      mutation: schema.getMutationType(),
      subscription: schema.getSubscriptionType(),
    }[root];
    return Object.values(type?.getFields() ?? {}).flatMap(field => {
      const directives = field.astNode?.directives?.map(directive => directive.name.value) ?? [];
      const scoped = directives.includes('requiresScopes');
      if (!scoped && !directives.includes('authenticated')) return [];
      return [{ path: `${name}: ${root}.${field.name}`, root, scoped, ...shortest(root, field) }];
    });
  });
});

const ask = async (each: Guarded, token: string | undefined) => {
  if (each.root !== 'subscription') return shop.client.send(each.text, each.variables, token);
  const response = await fetch(`${shop.client.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: each.text, variables: each.variables }),
  });
  const reader = response.body?.getReader();
  let text = '';
  while (reader && !text.includes('\ndata: {')) {
    const { done, value } = await reader.read();
    if (done) break;
    text += Buffer.from(value).toString();
  }
  await reader?.cancel();
  return JSON.parse(/data: (\{.*\})/.exec(text)?.[1] ?? text) as {
    data?: Record<string, unknown> | null;
    errors?: { extensions: { code: string } }[];
  };
};

describe('every guarded root field', () => {
  test('there are many', () => expect(guarded.length).toBeGreaterThan(40));

  test.each(guarded.map(each => [each.path, each] as const))(
    '%s is closed to strangers',
    async (_path, each) => {
      const anonymous = await ask(each, undefined);
      expect(anonymous.errors?.map(error => error.extensions.code)).toEqual(['UNAUTHENTICATED']);
      expect(Object.values(anonymous.data ?? {}).every(value => value === null)).toBe(true);
      if (!each.scoped) return;
      const customer = await ask(each, a);
      expect(customer.errors?.map(error => error.extensions.code)).toEqual(['FORBIDDEN']);
      expect(Object.values(customer.data ?? {}).every(value => value === null)).toBe(true);
    },
  );
});

describe('every back-office document', () => {
  const supergraph = buildSchema(readFileSync('schema/supergraph.graphql', 'utf8'), { assumeValidSDL: true });
  const backOffice = [...documents.values()].filter(document => document.client === 'backoffice');

  test.each(backOffice.map(document => [document.name, document.text] as const))(
    '%s is refused to anonymous and to customers',
    async (name, text) => {
      const operation = parse(text).definitions.find(
        (d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION,
      );
      const required = (operation?.variableDefinitions ?? []).filter(
        definition => definition.type.kind === Kind.NON_NULL_TYPE,
      );
      const variables = Object.fromEntries(
        required.map(definition => [
          definition.variable.name.value,
          madeUp(typeFromAST(supergraph, definition.type as TypeNode as never) as never),
        ]),
      );
      if (name === 'Stock') variables['sku'] = 'LAST-ONE';
      for (const [token, code] of [
        [undefined, 'UNAUTHENTICATED'],
        [a, 'FORBIDDEN'],
      ] as const) {
        const answer = await shop.client.run(name, variables, token);
        expect(answer.errors?.map(error => error.extensions.code)).toContain(code);
        // Stock hangs on a public product: the shelf is closed, the product's name is not. OrderDetail finds nobody's order.
        const data = name === 'Stock' ? { levels: answer.data.productVariant.stockLevels } : answer.data;
        expect(Object.values(data ?? {}).every(value => value === null)).toBe(true);
      }
    },
  );
});

describe('what belongs to A is not there for B', () => {
  type Mine = {
    orderId: string;
    number: string;
    lineId: string;
    cartId: string;
    addressId: string;
    notificationId: string;
    token: string;
  };
  let mine: Mine;
  beforeAll(async () => {
    const { client } = shop;
    const [variant] = await findVariants(client, 1);
    const lines = [{ variantId: variant?.id ?? '', quantity: 1 }];
    const bought = (await checkout(client, await fillCart(client, { token: a, lines }), { token: a })).data
      .checkout;
    const cart = await fillCart(client, { token: a, lines });
    const input = { ...address };
    const added = await client.run('AddressAdd', { input, defaultShipping: true }, a);
    const home = await until(
      () => client.run('MobileHome', {}, a),
      answer => answer.data.me.notifications.edges.length > 0,
    );
    mine = {
      orderId: bought.order.id,
      number: bought.order.number,
      lineId: bought.order.lines[0].id,
      cartId: cart.cartId,
      addressId: added.data.addressAdd.customer.addresses.at(-1).id,
      notificationId: home.data.me.notifications.edges[0].node.id,
      token: a,
    };
  }, 60_000);

  test('orders, by number and by id', async () => {
    for (const token of [b, undefined]) {
      expect(
        (await shop.client.run('OrderPage', { number: mine.number }, token)).data?.order ?? null,
      ).toBeNull();
      expect(
        (await shop.client.run('MobileOrder', { id: mine.orderId }, token)).data?.order ?? null,
      ).toBeNull();
      expect(
        (await shop.client.run('GuestOrder', { number: mine.number, token: 'x'.repeat(43) }, token)).data
          .guestOrder,
      ).toBeNull();
    }
    // Somebody else's order and no order at all look alike.
    const theirs = await shop.client.run('MobileOrder', { id: mine.orderId }, b);
    const nothing = await shop.client.run('MobileOrder', { id: randomUUID() }, b);
    expect(theirs).toEqual(nothing);
  });

  test('order changes', async () => {
    const cancel = await shop.client.run(
      'OrderCancel',
      { id: mine.orderId, reason: 'x', idempotencyKey: randomUUID() },
      b,
    );
    expect(cancel.data.orderCancel.__typename).toBe('NotFoundError');
    const lines = [{ orderLineId: mine.lineId, quantity: 1 }];
    const back = await shop.client.run(
      'ReturnRequest',
      { orderId: mine.orderId, lines, reason: 'x', idempotencyKey: randomUUID() },
      b,
    );
    expect(back.data.returnRequest.__typename).toBe('NotFoundError');
    const still = await shop.client.run('OrderPage', { number: mine.number }, a);
    expect(still.data.order).toMatchObject({ status: 'PAID', returns: [] });
  });

  test('carts', async () => {
    const { client } = shop;
    for (const token of [b, undefined]) {
      expect((await client.run('CartPage', { id: mine.cartId }, token)).data.cart).toBeNull();
      const changes = [
        await client.run('CartLinesSet', { cartId: mine.cartId, lines: [] }, token),
        await client.run('CartAddressSet', { cartId: mine.cartId, shipping: address }, token),
        await client.run(
          'CartShippingMethodSet',
          { cartId: mine.cartId, shippingMethodId: randomUUID() },
          token,
        ),
        await client.run('CartVoucherApply', { cartId: mine.cartId, code: 'WELCOME10' }, token),
      ];
      for (const change of changes)
        expect((Object.values(change.data)[0] as { __typename: string }).__typename).toBe('NotFoundError');
      const pay = await checkout(
        client,
        { cartId: mine.cartId, total: { amount: '1.00', currency: 'EUR' } },
        token === undefined ? {} : { token },
      );
      expect(pay.data.checkout.__typename).toBe('NotFoundError');
    }
    const merge = await client.run('CartMerge', { cartId: mine.cartId }, b);
    expect(merge.data.cartMerge.__typename).toBe('NotFoundError');
    expect((await client.run('CartPage', { id: mine.cartId }, a)).data.cart.lines).toHaveLength(1);
  });

  test('addresses and notifications', async () => {
    const { client } = shop;
    const remove = await client.send(
      'mutation($id: ID!) { addressRemove(id: $id) { __typename } }',
      { id: mine.addressId },
      b,
    );
    expect(remove.data.addressRemove.__typename).toBe('NotFoundError');
    const update = await client.send(
      'mutation($id: ID!, $input: AddressInput!) { addressUpdate(id: $id, input: $input) { __typename } }',
      { id: mine.addressId, input: address },
      b,
    );
    expect(update.data.addressUpdate.__typename).toBe('NotFoundError');
    expect(
      (await client.run('MobileMarkRead', { ids: [mine.notificationId] }, b)).data.notificationMarkRead,
    ).toBe(0);
    const account = await client.run('Account', {}, a);
    expect(account.data.me.addresses.map((each: { id: string }) => each.id)).toContain(mine.addressId);
  });

  test('live updates', async () => {
    for (const name of ['OrderUpdates', 'MobileOrderStatus']) {
      const updates = shop.client.follow(name, { id: mine.orderId }, b);
      const first = await updates.next();
      await updates.return();
      expect(first.value?.data?.orderUpdated ?? null).toBeNull();
    }
  });

  test('a forged token is nobody', async () => {
    const [head, body, signature] = a.split('.');
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    for (const forged of [
      `${none}.${body}.`,
      `${head}.${body}.${'A'.repeat(86)}`,
      `${head}.${body}x.${signature}`,
      'x',
      `${a}x`,
    ]) {
      const answer = await shop.client.run('Account', {}, forged);
      expect(answer.data?.me ?? null).toBeNull();
    }
  });
});
