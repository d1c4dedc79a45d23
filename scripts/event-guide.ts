import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

import { z } from 'zod';

import { type EventType, events, routingKey, subgraphs } from '#schema/events.ts';

// Writes docs/events.md from schema/events.ts; with --check it only says whether the file is current.
const file = 'docs/events.md';
const source = readFileSync('schema/events.ts', 'utf8');

type Shape = {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
};

function written(shape: Shape, indent: string): string {
  if (shape.anyOf) return shape.anyOf.map(each => written(each, indent)).join(' | ');
  if (shape.enum) return shape.enum.map(value => `'${value}'`).join(' | ');
  if (shape.items) return `${written(shape.items, indent)}[]`;
  if (shape.properties) {
    const inner = `${indent}  `;
    const lines = Object.entries(shape.properties).map(
      ([name, each]) => `${inner}${name}: ${written(each, inner)}`,
    );
    return `{\n${lines.join('\n')}\n${indent}}`;
  }
  return shape.format ?? [shape.type ?? 'unknown'].flat().join(' | ');
}

/** The comment above an event in its source. */
function meaning(type: EventType): string[] {
  const lines = source.split('\n');
  const at = lines.findIndex(line => line.startsWith(`  '${type}': define(`));
  const comment = /^ {2}\/\*\* (.+) \*\/$/.exec(lines[at - 1] ?? '')?.[1];
  return comment === undefined ? [] : [comment, ''];
}

const out = [
  '# Events',
  '',
  'Made from `schema/events.ts` by `node scripts/event-guide.ts`. What subgraphs tell each other over the topic exchange',
  '`ecommerce_events`; only the owner publishes. Amounts are whole minor units as strings. An event arrives at least once:',
  'remember its `id`. The envelope around each payload:',
  '',
  '```text',
  '{ id, type, version: 1, occurredAt, producer, aggregate: { type, id, seq }, correlationId, causationId, actor, traceparent, data }',
  '```',
  '',
  'Events of one aggregate keep their order. Personal fields read `[redacted]` in logs, in the list of parked messages and in',
  'outgoing webhooks.',
];
for (const owner of subgraphs) {
  out.push('', `## ${owner}`);
  for (const [name, definition] of Object.entries(events)) {
    if (definition.owner !== owner) continue;
    const type = name as EventType;
    const to = definition.consumers.length > 0 ? definition.consumers.join(', ') : 'live observers only';
    const personal = definition.personal.map(path => `\`${path}\``).join(', ');
    out.push('', `### ${name}`, '', ...meaning(type));
    out.push(
      `Routing key \`${routingKey(type)}\`. To ${to}.${personal === '' ? '' : ` Personal: ${personal}.`}`,
    );
    const shape = z.toJSONSchema(definition.data, { unrepresentable: 'any' }) as Shape;
    out.push('', '```text', written(shape, ''), '```');
  }
}
const text = `${out.join('\n')}\n`;
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write(`${file} is stale: run node scripts/event-guide.ts\n`);
  process.exit(1);
}
