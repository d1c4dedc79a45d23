// The scenario of `make load-test` for k6: `make load-test-k6`, or
//   node scripts/manifest.ts .data/manifest.json schema/clients/*.graphql
//   URL=http://127.0.0.1:8000 MANIFEST=$PWD/.data/manifest.json k6 run bench/load/k6.js
import { check, sleep } from 'k6';
import http from 'k6/http';

const scenario = JSON.parse(open('./scenario.json'));
const documents = Object.fromEntries(
  JSON.parse(open(__ENV.MANIFEST)).operations.map(({ name, body }) => [name, body]),
);
const url = `${__ENV.URL || 'http://127.0.0.1:8000'}/graphql`;
const { failedShare, p95Ms, p99Ms } = scenario.thresholds;

export const options = {
  vus: Number(__ENV.USERS || scenario.users),
  duration: `${__ENV.SECONDS || scenario.seconds}s`,
  thresholds: {
    checks: [`rate>=${1 - failedShare}`],
    http_req_duration: [`p(95)<=${p95Ms}`, `p(99)<=${p99Ms}`],
  },
};

// oxlint-disable-next-line import/no-default-export -- k6 asks for one
export default function journey() {
  const kept = {};
  for (const { operation, variables, keep = {}, share = 1, needs = [] } of scenario.steps) {
    if (Math.random() >= share || needs.some(name => kept[name] === undefined)) continue;
    const filled = fill(variables, kept);
    if (filled === undefined) continue;
    const data = send(operation, filled);
    for (const [name, path] of Object.entries(keep)) {
      const found = pick(data, path.split('.'));
      if (found !== undefined && found !== null) kept[name] = found;
    }
  }
  sleep(scenario.pauseMs / 1000);
}

function send(operation, variables) {
  const body = JSON.stringify({ query: documents[operation], operationName: operation, variables });
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const response = http.post(url, body, { headers, tags: { name: operation } });
  const answer = response.status === 200 ? response.json() : null;
  const passed = check(answer, { 'answered without errors': value => value !== null && !value.errors });
  return passed ? answer.data : null;
}

/** `$name` becomes what was kept under it; undefined when something is missing. */
function fill(value, kept) {
  if (typeof value === 'string' && value.startsWith('$')) return kept[value.slice(1)];
  if (Array.isArray(value)) {
    const items = value.map(each => fill(each, kept));
    return items.includes(undefined) ? undefined : items;
  }
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, each]) => [key, fill(each, kept)]);
  return entries.some(([, each]) => each === undefined) ? undefined : Object.fromEntries(entries);
}

/** Follows a path; `*` is any one of a list. */
function pick(value, [key, ...rest]) {
  if (key === undefined) return value;
  if (value === null || typeof value !== 'object') return undefined;
  if (key === '*') return pick(value[Math.floor(Math.random() * value.length)], rest);
  return pick(value[key], rest);
}
