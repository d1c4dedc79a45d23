import { type Json, kinds, strict } from './kinds.ts';
import { type Param, type Section } from './values.ts';
import {
  type ServiceName,
  readVariables,
  secretVariables,
  services,
  settable,
  storeSecrets,
} from './variables.ts';

type Variables = ReturnType<typeof readVariables>;

/** values.schema.json out of what values.yaml says of each value and .env.example of each variable. */
export function schemaOf(sections: readonly Section[], example: string): Json {
  const variables = readVariables(example);
  const root = strict({});
  for (const param of sections.flatMap(({ params }) => params)) {
    const path = param.path.split('.');
    const last = path.pop() ?? '';
    let at = root;
    for (const key of path) at = ((at['properties'] as Json)[key] ??= strict({})) as Json;
    (at['properties'] as Json)[last] = { description: param.meaning, ...typeOf(param, variables) };
  }
  const properties = root['properties'] as Json;
  const ofService = (properties['defaults'] as { properties: Json }).properties;
  for (const name of services)
    ((properties['services'] as Json)['properties'] as Json)[name] = strict({
      ...Object.fromEntries(
        Object.keys(ofService).map(key => [key, { $ref: `#/properties/defaults/properties/${key}` }]),
      ),
      config: configOf(variables, name),
    });
  // Helm gives every chart that another one holds this.
  properties['global'] = { type: 'object' };
  const definitions = Object.fromEntries(
    variables.map(({ name, meaning }) => [
      name,
      { description: meaning, type: ['string', 'number', 'boolean'] },
    ]),
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Values of shop-supergraph',
    definitions: { ...kinds, ...definitions },
    ...root,
  };
}

function configOf(variables: Variables, service?: ServiceName): Json {
  const names = settable(variables, service).map(({ name }) => name);
  return strict(Object.fromEntries(names.map(name => [name, { $ref: `#/definitions/${name}` }])));
}

function typeOf({ modifiers, value }: Param, variables: Variables): Json {
  const [kind = ''] = modifiers;
  if (kind === 'config') return configOf(variables);
  if (kind === 'secrets')
    return strict(
      Object.fromEntries([...secretVariables, ...storeSecrets].map(name => [name, { type: 'string' }])),
    );
  if (kind === 'service') return {};
  if (kind === 'object') return { type: kind };
  if (Object.hasOwn(kinds, kind)) return { $ref: `#/definitions/${kind}` };
  if (kind === 'integer or string') return { type: ['integer', 'string'] };
  if (kind.startsWith('array of ')) return { type: 'array', items: { type: kind.slice(9) } };
  if (kind.startsWith('enum ')) {
    const choices = kind.slice(5).split('|');
    return { enum: typeof value === 'number' ? choices.map(Number) : choices };
  }
  if (kind.startsWith('pattern ')) return { type: 'string', pattern: kind.slice(8) };
  const bounds = modifiers.map(each => each.split(' '));
  const bound = (word: string, name: string): Json => {
    const found = bounds.find(([first]) => first === word);
    return found ? { [name]: Number(found[1]) } : {};
  };
  const unknown = modifiers.filter(each => !/^(min|max) \d+$/.test(each));
  if (unknown.length > 0) throw new Error(`values.yaml: nobody knows what [${unknown.join(', ')}] means`);
  const type = typeof value === 'number' ? 'integer' : typeof value;
  if (!['integer', 'string', 'boolean'].includes(type)) throw new Error(`values.yaml: [object] or [array]?`);
  return { type, ...bound('min', 'minimum'), ...bound('max', 'maximum') };
}
