import { GraphQLError, parse } from 'graphql';
import { expect, it } from 'vitest';

import { selectOperation } from '../planning/operation.ts';
import { atAskedPlaces } from './asked-places.ts';

const operation = selectOperation(
  parse(`
    { shop: store { ...Goods ...Goods items { ... on Item { price } } } }
    fragment Goods on Store { items { label: name } }
  `),
  undefined,
);
if (!operation) throw new Error('the document has no operation');

const at = (...path: (string | number)[]) => new GraphQLError('lost', { path, extensions: { code: 'X' } });
const placesOf = (...errors: GraphQLError[]) => atAskedPlaces(operation, errors).map(({ path }) => path);

it('leaves errors where fields are asked for, through fragments, under their response keys', () => {
  const errors = [at('shop', 'items', 3, 'label'), at('shop', 'items', 0, 'price'), at('shop', 'items', 1)];
  expect(atAskedPlaces(operation, errors)).toEqual(errors);
});

it('tells what is hidden from the client at the nearest place around it, once', () => {
  expect(
    placesOf(
      at('shop', 'items', 3, 'name'),
      at('shop', 'items', 3, 'sku', 'id'),
      at('shop', 'items', 4, 'id'),
    ),
  ).toEqual([
    ['shop', 'items', 3],
    ['shop', 'items', 4],
  ]);
  expect(placesOf(at('store', 'items'), at('toString'))).toEqual([undefined]);
  expect(placesOf(at('shop', 'items', 0, 'price', 'amount'))).toEqual([['shop', 'items', 0, 'price']]);
});
