import {
  type FieldNode,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLUnionType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

import { type Path } from '../errors.ts';
import { type Json } from '../execution/merge.ts';
import { type MovedNames, storedName } from '../planning/aliases.ts';
import { type Operation } from '../planning/operation.ts';
import { type Refusal } from '../security/authorization.ts';
import { leaves } from './leaves.ts';
import { type SelectedField, type SetInPlace, type Sources, selectedFields } from './selected-fields.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** A value that the schema does not allow: told in `extensions.valueCompletion`, as Apollo's gateway does. */
export type CompletionFault = {
  readonly message: string;
  readonly path: Path;
  readonly extensions: { readonly code: 'INVALID_VALUE' };
};

/** What is to be written: all of an operation, or a part of it. */
export type Excerpt = {
  readonly schema: GraphQLSchema;
  readonly operation: Operation;
  readonly refused: ReadonlyMap<FieldNode, Refusal>;
  readonly moved: MovedNames;
  /** Selections that are left out: they come later. */
  readonly later: ReadonlySet<SelectionNode>;
  /** What of which type is written; the operation's root when absent. */
  readonly from?: { readonly type: GraphQLNamedType; readonly set: SelectionSetNode };
};

/** Keeps what the second, slower pass finds out: where a value is missing and why. */
type Trace = {
  readonly path: (string | number)[];
  readonly faults: CompletionFault[];
  readonly refuse: (field: number) => void;
};

/** Writes an object, or undefined when it has a null where the schema allows none. */
type Write = (data: Json, variables: Variables, trace: Trace | null) => string | undefined;

/** What has been made of an excerpt. */
export type Generated = {
  readonly write: Write;
  /** Whether the last call met a value that the schema does not allow. */
  readonly wasFaulty: () => boolean;
  /** The refused fields that the code names by number: all selections of each. */
  readonly fields: readonly SelectedField['nodes'][];
};

/**
 * Makes the functions that write an excerpt; with `traced`, those that know where they are.
 *
 * The code consists of names from the schema and the operation, quoted as JSON, and nothing else of the client's.
 */
export function generate(settings: Excerpt & { readonly traced: boolean }): Generated {
  const { schema, operation, refused, moved, traced } = settings;
  const sources: Sources = { fragments: operation.fragments, later: settings.later };
  const functions: string[] = [];
  const enums: ReadonlySet<string>[] = [];
  const fields: SelectedField['nodes'][] = [];
  const known = new Map<string, string>();
  const ids = new Map<SelectionSetNode | SelectionNode, number>();
  const numberOf = (node: SelectionSetNode | SelectionNode): number => {
    const id = ids.get(node) ?? ids.size;
    ids.set(node, id);
    return id;
  };
  const idOf = ({ set, outer }: SetInPlace): string => [set, ...outer].map(numberOf).join('/');

  /** The name of the function with this body, which is generated once for each key. */
  const functionFor = (key: string, bodyOf: () => string): string => {
    const old = known.get(key);
    if (old !== undefined) return old;
    const name = `w${functions.push('') - 1}`;
    known.set(key, name);
    functions[Number(name.slice(1))] = `function ${name}(v, vars, t) {${bodyOf()}}`;
    return name;
  };

  /** Writes one type's part of some selection sets. */
  const objectFunction = (type: GraphQLNamedType, sets: readonly SetInPlace[]): string =>
    functionFor(`${type.name} ${sets.map(idOf).join(' ')}`, () => {
      const selected = selectedFields(schema, sources, type, sets);
      const conditional = selected.some(({ conditions }) => conditions !== null);
      const lines = selected.map((field, index) => {
        const comma = conditional ? `(s.length > 1 ? ',' : '') + ` : '';
        const label = `${comma}${quote(`${conditional || index === 0 ? '' : ','}${quote(field.key)}:`)}`;
        const line = fieldCode(type, field, label);
        return field.conditions ? `if (${conditionCode(field.conditions)}) {${line}}` : `{${line}}`;
      });
      return `let s = '{';\n${lines.join('\n')}\nreturn s + '}';`;
    });

  const fieldCode = (type: GraphQLNamedType, field: SelectedField, label: string): string => {
    if (field.name === '__typename') {
      // An object whose concrete type nobody knows has no name to tell.
      return isObjectType(type) ? `s += ${label} + ${quote(quote(type.name))};` : 'return undefined;';
    }
    if (field.name.startsWith('__')) return `s += ${label} + any(v[${quote(field.key)}]);`;
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name] : undefined;
    if (!definition) return '';
    const [enter, leave] = traced ? [`t.path.push(${quote(field.key)});`, 't.path.pop();'] : ['', ''];
    const refusal = field.nodes.some(node => refused.has(node));
    const written = refusal
      ? isNonNullType(definition.type)
        ? 'undefined'
        : `'null'`
      : valueCode(definition.type, {
          sets: field.sets,
          owner: `${type.name}.${field.name}`,
        });
    const told = refusal && traced ? `t.refuse(${fields.push(field.nodes) - 1});` : '';
    return `const x = ${valueOf(storedName(field.key, field.name, moved))};${enter}${told}const y = ${written};${leave}if (y === undefined) return undefined;s += ${label} + y;`;
  };

  type Place = { readonly sets: readonly SetInPlace[]; readonly owner: string };
  const traceOf = ({ owner }: Place): string => (traced ? `, t, ${quote(owner)}` : '');

  /** An expression for the JSON text of the value `x`; undefined stands for a null that has to move up. */
  const valueCode = (type: GraphQLOutputType, place: Place): string => {
    if (isNonNullType(type)) return `required(${valueCode(type.ofType, place)}, x${traceOf(place)})`;
    if (isLeafType(type)) return leafCode(type, place);
    if (isObjectType(type)) return `object(${objectFunction(type, place.sets)}, x, vars, t)`;
    const key = `${String(type)} ${place.owner} ${place.sets.map(idOf).join(' ')}`;
    return `${functionFor(key, () => (isListType(type) ? listBody(type.ofType, place) : abstractBody(type, place)))}(x, vars, t)`;
  };

  const listBody = (item: GraphQLOutputType, place: Place): string => {
    const [enter, leave] = traced ? ['t.path.push(n);', 't.path.pop();'] : ['', ''];
    return `if (!Array.isArray(v)) return unlisted(v${traceOf(place)});
      let s = '[';
      for (let n = 0; n < v.length; n++) {
        const x = v[n];${enter}const y = ${valueCode(item, place)};${leave}
        if (y === undefined) return 'null';
        s += n === 0 ? y : ',' + y;
      }
      return s + ']';`;
  };

  const abstractBody = (type: GraphQLInterfaceType | GraphQLUnionType, place: Place): string => {
    const write = (concrete: GraphQLNamedType): string =>
      `return object(${objectFunction(concrete, place.sets)}, v, vars, t);`;
    const possible = schema.getPossibleTypes(type).map(each => `case ${quote(each.name)}: ${write(each)}`);
    // A subgraph may name an interface (@interfaceObject), or none at all: then only the interface's own fields are known.
    const vague = Object.values(schema.getTypeMap())
      .filter(each => each === type || (isInterfaceType(each) && schema.isSubType(type, each)))
      .map(each => `case ${quote(each.name)}:`);
    return `if (v === null || v === undefined) return 'null';
      switch (v.__typename) {
        ${possible.join('\n')}
        case undefined: ${vague.join(' ')} ${write(type)}
        default: return tell(t, 'Invalid __typename found for object at field ' + ${quote(place.owner)} + '.');
      }`;
  };

  const leafCode = (type: GraphQLNamedType, place: Place): string => {
    const check = (written: string): string => `checked(${written}, x${traceOf(place)})`;
    if (isEnumType(type)) {
      const at = enums.push(new Set(type.getValues().map(({ name }) => name))) - 1;
      return check(`enumeration(x, enums[${at}])`);
    }
    switch (type.name) {
      case 'String':
      case 'ID':
        return check('text(x)');
      case 'Int':
        return check('int(x)');
      case 'Float':
        return check('float(x)');
      case 'Boolean':
        return check('boolean(x)');
      default:
        return 'any(x)';
    }
  };

  const root = schema.getRootType(operation.kind);
  const { type, set } = settings.from ?? { type: root, set: operation.definition.selectionSet };
  if (!type) throw new Error(`the schema has no ${operation.kind}`);
  const sets = [{ set, outer: [] }];
  const start =
    isInterfaceType(type) || isUnionType(type)
      ? functionFor('', () => abstractBody(type, { sets, owner: type.name }))
      : objectFunction(type, sets);
  // Only what the schema and the operation name, each name quoted; see above.
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval
  const make = new Function(
    'leaves',
    'enums',
    'fault',
    `'use strict';
    const { text, int, float, boolean, enumeration, any } = leaves;
    let faulty = false;
    const tell = (t, message) => { faulty = true; if (t) fault(t, message); return 'null'; };
    const required = (s, v, t, owner) => { if (s !== 'null') return s; if (v === null || v === undefined) tell(t, 'Cannot return null for non-nullable field ' + owner + '.'); return undefined; };
    const checked = (s, v, t, owner) => s === 'null' && v !== null && v !== undefined ? tell(t, 'Invalid value found for field ' + owner + '.') : s;
    const unlisted = (v, t, owner) => v === null || v === undefined ? 'null' : tell(t, 'Invalid value found for field ' + owner + '.');
    const object = (w, v, vars, t) => { if (v === null || v === undefined) return 'null'; const s = w(v, vars, t); return s === undefined ? 'null' : s; };
    ${functions.join('\n')}
    return { write: (o, vars, t) => { faulty = false; return ${start}(o, vars, t); }, wasFaulty: () => faulty };`,
  ) as (...given: unknown[]) => Pick<Generated, 'write' | 'wasFaulty'>;
  return { ...make(leaves, enums, fault), fields };
}

const quote = JSON.stringify;

// Not inside of `generate`: the generated code keeps it, and with it everything that was needed to generate.
function fault(trace: Trace, message: string): void {
  trace.faults.push({ message, path: [...trace.path], extensions: { code: 'INVALID_VALUE' } });
}

/** Where a value is missing, what every object has by that name (`constructor`) must not take its place. */
function valueOf(key: string): string {
  const plain = `v[${quote(key)}]`;
  return key in Object.prototype ? `(Object.hasOwn(v, ${quote(key)}) ? ${plain} : undefined)` : plain;
}

function conditionCode(chains: readonly (readonly SelectionNode[])[]): string {
  return chains
    .map(chain => `(${chain.map(node => conditionsOf(node).map(code).join(' && ')).join(' && ')})`)
    .join(' || ');
}

type Condition = { readonly wanted: boolean; readonly variable: string | null; readonly value: boolean };

function code({ wanted, variable, value }: Condition): string {
  return variable === null ? String(value === wanted) : `vars[${quote(variable)}] === ${wanted}`;
}

function conditionsOf(node: SelectionNode): Condition[] {
  return (node.directives ?? []).flatMap(({ name, arguments: given }) => {
    if (name.value !== 'skip' && name.value !== 'include') return [];
    const value = given?.[0]?.value;
    return [
      {
        wanted: name.value === 'include',
        variable: value?.kind === Kind.VARIABLE ? value.name.value : null,
        value: value?.kind === Kind.BOOLEAN && value.value,
      },
    ];
  });
}

/** Whether a selection's own conditions are met. */
export function isIncluded(node: SelectionNode, variables: Variables): boolean {
  return conditionsOf(node).every(({ wanted, variable, value }) =>
    variable === null ? value === wanted : variables[variable] === wanted,
  );
}
