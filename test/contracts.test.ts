import { existsSync, readFileSync, readdirSync } from 'node:fs';

import { type DocumentNode, Kind, parse, validate, buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';

import { catalogue } from '#schema/catalogue.ts';
import { type EventType, events, routingKey, subgraphs } from '#schema/events.ts';

const sdl = (name: string): string => readFileSync(`schema/${name}.graphql`, 'utf8');
const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.types.ts'))
    .map(file => readFileSync(`${folder}/${file}`, 'utf8'));

describe('the client documents', () => {
  test.each(['web', 'mobile', 'backoffice'])('%s: our copy is the one that the clients have', client => {
    const theirs = `../shared/contract/clients/${client}.graphql`;
    // A clone stands alone; the comparison is possible only where the clients' originals lie beside it.
    if (!existsSync(theirs))
      return expect(readFileSync(`schema/clients/${client}.graphql`, 'utf8')).not.toBe('');
    return expect(readFileSync(`schema/clients/${client}.graphql`, 'utf8')).toBe(
      readFileSync(theirs, 'utf8'),
    );
  });
});

/** Everything of an SDL document that a client can see and that has no description. */
function undescribed(document: DocumentNode): string[] {
  const missing: string[] = [];
  const note = (path: string, node: { readonly description?: unknown }): void => {
    if (node.description === undefined) missing.push(path);
  };
  for (const definition of document.definitions) {
    if (
      !('name' in definition) ||
      definition.name === undefined ||
      definition.kind === Kind.DIRECTIVE_DEFINITION
    )
      continue;
    const type = definition.name.value;
    const root = ['Query', 'Mutation', 'Subscription'].includes(type);
    if (!root && definition.kind.endsWith('TypeDefinition'))
      note(type, definition as { description?: unknown });
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION)
      for (const value of definition.values ?? []) note(`${type}.${value.name.value}`, value);
    if (!('fields' in definition)) continue;
    for (const field of definition.fields ?? []) {
      note(`${type}.${field.name.value}`, field);
      if ('arguments' in field)
        for (const argument of field.arguments ?? [])
          note(`${type}.${field.name.value}(${argument.name.value})`, argument);
    }
  }
  return missing;
}

describe('the schemas', () => {
  test.each(subgraphs)('%s describes every type, field, argument and value', name => {
    expect(undescribed(parse(sdl(name)))).toEqual([]);
  });

  test('a missing description is noticed', () => {
    expect(undescribed(parse('"""a""" type A { """b""" b(c: Int): Int d: Int } enum E { F }'))).toEqual([
      'A.b(c)',
      'A.d',
      'E',
      'E.F',
    ]);
  });

  test('shared types read the same in every subgraph', () => {
    const seen = new Map<string, string>();
    const shared =
      /^(UserError|ValidationError|NotFoundError|ConflictError|InsufficientStockError|PaymentDeclinedError|IdempotencyMismatchError|PageInfo|Money|MoneyInput)$/;
    for (const name of subgraphs) {
      for (const definition of parse(sdl(name), { noLocation: true }).definitions) {
        if (!('name' in definition) || !shared.test(definition.name?.value ?? '')) continue;
        const text = JSON.stringify(definition);
        const key = definition.name?.value ?? '';
        expect(seen.get(key) ?? text, `${key} in ${name}`).toBe(text);
        seen.set(key, text);
      }
    }
    expect(seen.size).toBe(10);
  });
});

describe('the events', () => {
  const types = Object.keys(events) as EventType[];

  test('every consumed event has a handler where it is consumed, and no handler waits for what never comes', () => {
    for (const subgraph of subgraphs) {
      const consumed = types.filter(type => (events[type].consumers as readonly string[]).includes(subgraph));
      const code = sources(`subgraphs/${subgraph}/api`).join('\n');
      // notifications hands everything on to outgoing webhooks and builds those handlers from the catalogue itself.
      const missing =
        subgraph === 'notifications' ? [] : consumed.filter(type => !code.includes(`'${type}'`));
      expect(missing, `${subgraph} consumes without a handler`).toEqual([]);
    }
  });

  test('no handler waits for what its queue never receives', () => {
    for (const subgraph of subgraphs) {
      const handled = sources(`subgraphs/${subgraph}/api`).flatMap(code =>
        [...code.matchAll(/^\s+'([a-z_]+\.[a-z_]+)': /gm)].map(match => match[1] as EventType),
      );
      const unheard = handled.filter(
        type => type in events && !(events[type].consumers as readonly string[]).includes(subgraph),
      );
      expect(unheard, subgraph).toEqual([]);
    }
  });

  test('every event has a producer: its owner announces it', () => {
    const silent = types.filter(type => {
      // A snapshot is asked for by whoever rebuilds a projection.
      const folders = type.endsWith('snapshot_requested')
        ? ['subgraphs', 'scripts']
        : [`subgraphs/${events[type].owner}`];
      return !folders.some(folder => sources(folder).some(code => code.includes(`'${type}'`)));
    });
    expect(silent).toEqual([]);
  });

  test('events that no queue receives are public on purpose', () => {
    expect(types.filter(type => events[type].consumers.length === 0)).toMatchInlineSnapshot(`
      [
        "session.revoked",
        "api_key.revoked",
        "notification.sent",
        "notification.bounced",
      ]
    `);
  });

  test('routing keys are owner, fact and version', () => {
    expect(routingKey('order.placed')).toBe('orders.order.placed.v1');
    expect(routingKey('products.snapshot_requested')).toBe('products.snapshot_requested.v1');
  });

  test('personal data is named by paths that exist, and is blotted out', () => {
    for (const type of types) {
      for (const path of events[type].personal) {
        const shape = events[type].data.shape as Record<string, unknown>;
        expect(Object.keys(shape), `${type}: ${path}`).toContain(path.split('.')[0]);
      }
    }
    const data = { customerId: 'c', token: 't', recipient: { email: 'a@b.c', name: 'A', locale: 'en' } };
    expect(catalogue.redact('customer.password_reset_requested', data)).toEqual({
      customerId: 'c',
      token: '[redacted]',
      recipient: '[redacted]',
    });
  });
});

test('graphql is there once: two copies cannot talk to each other', () => {
  const schema = buildSchema('type Query { a: Int }');
  expect(validate(schema, parse('{ a }'))).toEqual([]);
  expect(existsSync('node_modules/@apollo/gateway/node_modules/graphql')).toBe(false);
  expect(existsSync('node_modules/@apollo/subgraph/node_modules/graphql')).toBe(false);
});
