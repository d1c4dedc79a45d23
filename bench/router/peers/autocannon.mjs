import { readFileSync } from 'node:fs';

import autocannon from 'autocannon';

// One job in, one line of figures out, in the form that load.ts reads.
const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
let number = Math.floor(Math.random() * 1e6) * 1e6;
const cold = body => body.replaceAll(job.coldMark, () => `c${(number += 1)}`);
const requests = job.bodies.map(body => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/json' },
  body,
  ...(body.includes(job.coldMark) ? { setupRequest: request => ({ ...request, body: cold(body) }) } : {}),
}));
let client = 0;
const result = await autocannon({
  url: job.url,
  connections: job.connections,
  duration: job.seconds,
  timeout: job.timeoutSeconds,
  ...(job.rate === undefined ? {} : { overallRate: Math.max(1, Math.round(job.rate)) }),
  requests,
  // Each connection starts elsewhere in the list, or all would ask for the same at first.
  setupClient: each => {
    const at = (client++ * 7) % requests.length;
    each.setRequests([...requests.slice(at), ...requests.slice(0, at)]);
  },
});
process.stdout.write(
  JSON.stringify({
    requests: result.requests.total,
    seconds: result.duration,
    p50: result.latency.p50,
    p95: result.latency.p97_5,
    p99: result.latency.p99,
    bytes: result.throughput.total,
    errors: result.errors + result.timeouts + result.non2xx,
  }),
);
