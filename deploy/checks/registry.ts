import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { type DocumentNode, Kind, parse, print, visit } from 'graphql';

import { makeManifest } from '../../router/security/manifest.ts';
import { type Check } from '../check.ts';
import { openFileStore } from '../standins/registry-store.ts';
import { startRegistry } from '../standins/registry.ts';
import { childEnv } from '../support/child-env.ts';
import { type Ended, nodeOffline } from '../support/offline.ts';
import { startRouterProcess } from '../support/router-process.ts';
import { publishedAt } from '../support/schema-base.ts';

const root = join(import.meta.dirname, '../..');
const products = readFileSync(join(root, 'schema/products.graphql'), 'utf8');

/** A folder for one check, with a registry's file of its own: what is published in it does not touch the working tree's. */
async function inFolder(check: (folder: string, schema: SchemaCommand) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  try {
    check(folder, (...args) =>
      nodeOffline(['deploy/schema.ts', ...args], { BASE: '', REGISTRY_FILE: join(folder, 'registry.json') }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
type SchemaCommand = (...args: readonly string[]) => Ended;

/** What `make schema-check SUBGRAPH=products` says to another text of that subgraph. */
function checkOf(text: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    inFolder((folder, schema) => {
      const file = join(folder, 'products.graphql');
      writeFileSync(file, text);
      resolve(schema('check', `products=${file}`));
    }).catch(reject);
  });
}

/** The subgraph without one field of a type. */
function without(typeName: string, name: string): string {
  const changed = visit(parse(products), {
    ObjectTypeDefinition: type =>
      type.name.value === typeName
        ? { ...type, fields: type.fields?.filter(field => field.name.value !== name) }
        : undefined,
  });
  assert.notEqual(print(changed), print(parse(products)), `${typeName} has no field ${name}`);
  return print(changed);
}

/** A supergraph as composers agree on it: descriptions and the order of definitions are free. */
function comparable(text: string): string[] {
  const bare: DocumentNode = visit(parse(text, { noLocation: true }), {
    enter: node => ('description' in node ? { ...node, description: undefined } : undefined),
  });
  return bare.definitions
    .map(definition =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
        ? print({ ...definition, fields: definition.fields?.toSorted(byName) ?? [] })
        : print(definition),
    )
    .toSorted();
}
const byName = (a: { readonly name: { readonly value: string } }, b: typeof a): number =>
  a.name.value < b.name.value ? -1 : 1;

function expectEnd(
  { code, text }: Ended,
  expected: { readonly code: number; readonly text: readonly RegExp[] },
): void {
  for (const pattern of expected.text) assert.match(text, pattern);
  assert.equal(code, expected.code, text);
}

/** Whether a router does not take an operation for the reason that it is on no list. */
async function refused(url: string, query: string, variables: object): Promise<boolean> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.text()).includes('QUERY_NOT_IN_SAFELIST');
}

/** rover against the registry on loopback, in a network that has nothing but loopback. */
export const checks: readonly Check[] = [
  {
    name: 'registry: rover composes the supergraph that is committed',
    run: () =>
      inFolder((folder, schema) => {
        const file = join(folder, 'supergraph.graphql');
        expectEnd(schema('compose', file), { code: 0, text: [/Supergraph Schema was printed/] });
        const committed = readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8');
        assert.deepEqual(comparable(readFileSync(file, 'utf8')), comparable(committed));
      }),
  },
  {
    name: 'registry: a harmless change passes',
    run: async () => {
      const answer = await checkOf(`${products}\nextend type Product {\n  harvestedIn: Int\n}\n`);
      expectEnd(answer, { code: 0, text: [/FIELD_ADDED/, /harvestedIn/, /PASS/i] });
    },
  },
  {
    name: 'registry: a breaking change fails and names the client document that it breaks',
    run: async () => {
      const answer = await checkOf(without('Product', 'rating'));
      expectEnd(answer, {
        code: 1,
        text: [/FIELD_REMOVED/, /breaks[^│┆]*query ProductList \(schema\/clients\/web\.graphql/, /FAIL/],
      });
      const nullable = await checkOf(products.replace(/^( {2}slug: String)!/m, '$1'));
      expectEnd(nullable, { code: 1, text: [/FIELD_TYPE_CHANGED/, /breaks[^│┆]*ProductList/] });
    },
  },
  {
    name: 'registry: a field that no client document uses may go',
    run: async () => {
      const answer = await checkOf(without('ProductVariant', 'weightGrams'));
      expectEnd(answer, { code: 0, text: [/FIELD_REMOVED/, /no client document uses it/] });
    },
  },
  {
    name: 'registry: what does not compose fails with its code',
    run: async () => {
      const answer = await checkOf(products.replace('@key(fields: "id")', '@key(fields: "nowhere")'));
      expectEnd(answer, { code: 1, text: [/KEY_INVALID_FIELDS/, /nowhere/] });
    },
  },
  {
    name: 'registry: what is published is listed, fetched and what the next check compares with',
    run: () =>
      inFolder((folder, schema) => {
        const file = join(folder, 'products.graphql');
        writeFileSync(file, `${products}\nextend type Product {\n  harvestedIn: Int\n}\n`);
        expectEnd(schema('publish', `products=${file}`), {
          code: 0,
          text: [/products.*(was|were) updated/i],
        });
        expectEnd(schema('list'), { code: 0, text: [/products/, /http:\/\/localhost:9002\/graphql/] });
        expectEnd(schema('fetch', 'products'), { code: 0, text: [/harvestedIn: Int/] });
        const back = schema('check', 'products');
        expectEnd(back, { code: 0, text: [/FIELD_REMOVED/, /harvestedIn/] });
      }),
  },
  {
    name: 'registry: the manifest of the client documents is published once, and no listed operation changes',
    run: () =>
      inFolder((folder, schema) => {
        const clients = ['web', 'mobile', 'backoffice'].map(name =>
          readFileSync(join(root, 'schema/clients', `${name}.graphql`), 'utf8'),
        );
        const manifest = makeManifest(clients);
        const file = join(folder, 'manifest.json');
        writeFileSync(file, JSON.stringify(manifest));
        const added = new RegExp(`added ${manifest.operations.length} operations`);
        expectEnd(schema('manifest', file), { code: 0, text: [added] });
        expectEnd(schema('manifest', file), { code: 0, text: [/no changes/] });
        const [first, ...rest] = manifest.operations;
        const changed = { ...manifest, operations: [{ ...first, body: 'query { __typename }' }, ...rest] };
        writeFileSync(file, JSON.stringify(changed));
        expectEnd(schema('manifest', file), { code: 1, text: [/has another body/] });
      }),
  },
  {
    name: 'registry: with a key the same commands go to the graph that it belongs to, and with a wrong one nowhere',
    run: async () => {
      const graphRef = 'another-shop@staging';
      const folder = mkdtempSync(join(tmpdir(), 'registry-'));
      const store = openFileStore(join(folder, 'registry.json'), publishedAt('HEAD'));
      const registry = await startRegistry({
        graphRef,
        key: 'service:another-shop:right',
        store,
        operations: [],
      });
      const schema = (key: string, ...words: readonly string[]): Promise<Ended> =>
        new Promise(resolve => {
          const settings = { APOLLO_KEY: key, APOLLO_GRAPH_REF: graphRef, APOLLO_REGISTRY_URL: registry.url };
          const env = childEnv(settings);
          const args = ['deploy/schema.ts', ...words];
          execFile(process.execPath, args, { cwd: root, env }, (error, stdout, stderr) =>
            resolve({ code: error ? Number(error.code) : 0, text: `${stdout}${stderr}` }),
          );
        });
      try {
        expectEnd(await schema('service:another-shop:right', 'check', 'users'), { code: 0, text: [] });
        expectEnd(await schema('service:another-shop:right', 'publish', 'users'), { code: 0, text: [] });
        assert.ok(Date.parse(store.read().subgraphs['users']?.updatedAt ?? '') > 0, 'nothing was published');
        expectEnd(await schema('service:another-shop:wrong', 'check', 'users'), { code: 1, text: [/401/] });
      } finally {
        await registry.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
  {
    name: 'registry: a router that enforces the manifest of make answers what is in it, and nothing else',
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
      const manifest = join(folder, 'manifest.json');
      try {
        execFileSync('make', ['-s', 'manifest', `MANIFEST=${manifest}`], { cwd: root });
        const router = await startRouterProcess({
          PERSISTED_OPERATIONS_MANIFEST: manifest,
          PERSISTED_OPERATIONS_MODE: 'enforce',
        });
        try {
          const { operations } = JSON.parse(readFileSync(manifest, 'utf8')) as ReturnType<
            typeof makeManifest
          >;
          const listed = operations.find(({ name }) => name === 'ProductList')?.body ?? '';
          assert.ok(!(await refused(router.url, listed, { first: 1 })), 'a listed operation was refused');
          assert.ok(await refused(router.url, '{ __typename }', {}), 'an unlisted operation was answered');
        } finally {
          await router.stop();
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];
