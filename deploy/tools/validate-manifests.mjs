import { readFileSync } from 'node:fs';

import { parseAllDocuments } from 'yaml';

import { customResources } from './custom-resources.mjs';

// [{name, yaml}] on standard input; on standard output {documents, faults: string[]}: whatever an API server would refuse, and every
// field that it would drop. Types and what is required: kubernetes-models; unknown fields: client-node's lists of fields; custom
// resources: kubernetes-models' packages where there is one, and the shapes of custom-resources.mjs.
const packages = {
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'cert-manager.io': '@kubernetes-models/cert-manager',
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'keda.sh': '@kubernetes-models/keda',
};
const kubernetes = await import('@kubernetes/client-node');
// No package has these; the shapes alone judge them.
const shapesOnly =
  /^(postgresql\.cnpg\.io|rabbitmq\.com|redis\.redis\.opstreelabs\.in|autoscaling\.k8s\.io|external-secrets\.io\/v1)\//;

const faults = [];
const models = new Map();
let documents = 0;

async function modelOf(apiVersion, kind) {
  const key = `${apiVersion}/${kind}`;
  if (!models.has(key)) {
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    const base = packages[group] ?? 'kubernetes-models';
    models.set(key, shapesOnly.test(key) ? null : (await import(`${base}/${apiVersion}/${kind}`))[kind]);
  }
  return models.get(key);
}

function unknownFields(value, type, path, complain) {
  if (value === null || typeof value !== 'object') return;
  const list = /^Array<(.+)>$/.exec(type)?.[1];
  if (list) {
    if (!Array.isArray(value)) complain(`${path}: not a list`);
    else value.forEach((item, i) => unknownFields(item, list, `${path}[${i}]`, complain));
    return;
  }
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (map) {
    for (const [key, item] of Object.entries(value)) {
      if (map === 'string' && typeof item !== 'string') complain(`${path}.${key}: not a string`);
      unknownFields(item, map, `${path}.${key}`, complain);
    }
    return;
  }
  const fields = kubernetes[type]?.getAttributeTypeMap?.();
  if (!fields) return;
  for (const [key, item] of Object.entries(value)) {
    const field = fields.find(({ baseName }) => baseName === key);
    if (!field) complain(`${path}.${key}: there is no such field`);
    else unknownFields(item, field.type, `${path}.${key}`, complain);
  }
}

function compare(value, shape, path, complain) {
  if (shape === '*') return;
  if (typeof shape === 'string') {
    if (typeof value !== shape) complain(`${path}: not a ${shape}`);
  } else if (Array.isArray(shape)) {
    if (!Array.isArray(value)) complain(`${path}: not a list`);
    else value.forEach((item, i) => compare(item, shape[0], `${path}[${i}]`, complain));
  } else if (value === null || typeof value !== 'object') complain(`${path}: not an object`);
  else {
    for (const key of Object.keys(shape).filter(each => each.endsWith('!')))
      if (value[key.slice(0, -1)] === undefined) complain(`${path}.${key.slice(0, -1)}: is missing`);
    for (const [key, item] of Object.entries(value)) {
      const inner = shape[key] ?? shape[`${key}!`];
      if (inner === undefined) complain(`${path}.${key}: there is no such field`);
      else compare(item, inner, `${path}.${key}`, complain);
    }
  }
}

async function judge(name, object) {
  const { apiVersion, kind, metadata } = object;
  const complain = fault => faults.push(`${name}: ${kind}/${metadata?.name}${fault}`);
  let model;
  try {
    model = await modelOf(apiVersion, kind);
  } catch {
    return complain(`: nobody knows ${apiVersion} ${kind}`);
  }
  try {
    if (model) new model(structuredClone(object)).validate();
  } catch (error) {
    complain(`: ${error.message}`);
  }
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(metadata.name)) complain(': not a name');
  for (const [key, text] of Object.entries(metadata.labels ?? {}))
    if (typeof text !== 'string' || !/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/.test(text))
      complain(`: label ${key} cannot be ${text}`);
  const shape = customResources[`${apiVersion}/${kind}`];
  if (shape) compare(object, { apiVersion: 'string', kind: 'string', ...shape }, '', complain);
  else {
    const version = apiVersion.split('/').at(-1);
    const type = `${version[0].toUpperCase()}${version.slice(1)}${kind}`;
    if (!kubernetes[type]) complain(`: client-node does not know ${type}`);
    unknownFields(object, type, '', complain);
  }
}

for (const { name, yaml } of JSON.parse(readFileSync(0, 'utf8'))) {
  const seen = new Set();
  for (const document of parseAllDocuments(yaml, { maxAliasCount: -1 })) {
    for (const error of [...document.errors, ...document.warnings]) faults.push(`${name}: ${error.message}`);
    const object = document.toJS();
    if (object === null) continue;
    documents += 1;
    const key = `${object.apiVersion}/${object.kind}/${object.metadata?.name}`;
    if (seen.has(key)) faults.push(`${name}: ${key} twice`);
    seen.add(key);
    await judge(name, object);
  }
}
process.stdout.write(JSON.stringify({ documents, faults }));
