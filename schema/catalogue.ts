import { type EventType, events, routingKey } from './events.ts';

const definition = (type: string) => {
  const found = events[type as EventType];
  if (!found) throw new Error(`no event is called ${type}`);
  return found;
};

/** schema/events.ts as the platform's event bus wants it. */
export const catalogue = {
  types: Object.keys(events),
  routingKey: (type: string): string => routingKey(type as EventType),
  consumers: (type: string): readonly string[] => definition(type).consumers,
  parse: (type: string, data: unknown): unknown => definition(type).data.parse(data),
  redact: (type: string, data: unknown): unknown => {
    const copy = structuredClone(data);
    for (const path of definition(type).personal) blot(copy, path.split('.'));
    return copy;
  },
};

function blot(value: unknown, [head, ...rest]: readonly string[]): void {
  if (value === null || typeof value !== 'object' || head === undefined || !(head in value)) return;
  const record = value as Record<string, unknown>;
  if (rest.length > 0) blot(record[head], rest);
  else if (record[head] !== null) record[head] = '[redacted]';
}
