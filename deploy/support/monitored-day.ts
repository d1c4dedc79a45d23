import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { createClient } from '../../test/support/client.ts';
import { until } from '../../test/support/shopping.ts';
import { type LiveShop, ada, startLiveShop } from './live-shop.ts';
import { errorsLeadToTheirLines } from './log-correlation.ts';
import { type MonitoringStack, installMonitoring, startMonitoring } from './monitoring-stack.ts';
import { type Answered, askEveryPanel, faultOf } from './panels.ts';
import { runbookLines } from './runbooks.ts';
import { settings, playADay } from './shop-story.ts';

const daySeconds = 75;

/**
 * Runs the shop under its story with all of its monitoring, then asks what every panel asks, and looks at what the receivers of
 * alerts were sent. With MONITORING_OUT the answers are written there as JSON, to be drawn.
 */
export async function watchADay(): Promise<void> {
  installMonitoring();
  const shop = await startLiveShop(
    Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
  );
  try {
    const stack = await startMonitoring(shop);
    try {
      await allScraped(stack);
      const from = Date.now() / 1_000;
      await playADay(shop, daySeconds);
      await alertsArrive(stack);
      const answers = await askEveryPanel(stack.prometheus, { from, to: Date.now() / 1_000 });
      keep(answers);
      const faults = answers.flatMap(answer => {
        const fault = faultOf(answer);
        return fault === null ? [] : [`${answer.board}: ${answer.panel} (${answer.legend}) ${fault}`];
      });
      if (faults.length > 0)
        throw new Error(`${faults.length} of ${answers.length} queries:\n${faults.join('\n')}`);
      await rulesAreWell(stack);
      await quietBeside(stack);
      await runbooksAsk(stack);
      await errorsLeadToTheirLines(shop, await signInAsAda(shop));
    } finally {
      await stack.stop();
    }
  } finally {
    await shop.stop();
  }
}

/** A counter's first event is seen only by whoever has seen the zero before it. */
async function allScraped({ prometheus }: MonitoringStack): Promise<void> {
  const query = new URLSearchParams({ query: 'sum(up) / count(up)' });
  await until(
    async () => {
      const response = await fetch(`${prometheus}/api/v1/query?${query}`);
      const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } };
      return data.result[0]?.value[1];
    },
    share => share === '1',
    30_000,
  );
  const targets = (await (await fetch(`${prometheus}/api/v1/targets`)).json()) as {
    data: { activeTargets: unknown[] };
  };
  if (targets.data.activeTargets.length !== 12)
    throw new Error(`${targets.data.activeTargets.length} targets are scraped, not 12`);
}

/** What runbooks tell people to ask is answered: the very commands, word for word. */
async function runbooksAsk({ prometheus }: MonitoringStack): Promise<void> {
  const lines = runbookLines('promtool query');
  for (const { line } of lines)
    execFileSync('bash', ['-c', line], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { PATH: '/usr/bin:/bin', PROMETHEUS: prometheus },
    });
  if (lines.length < 50) throw new Error(`only ${lines.length} queries were found in the runbooks`);
}

async function signInAsAda({ url }: LiveShop): Promise<string> {
  const { email, password } = ada;
  const { data } = await createClient(url).run('SignIn', { email, password });
  return data.signIn.tokens.accessToken as string;
}

/** No rule fails on what the shop really tells, as many-to-many matches do that look right on paper. */
async function rulesAreWell({ prometheus }: MonitoringStack): Promise<void> {
  const { data } = (await (await fetch(`${prometheus}/api/v1/rules`)).json()) as {
    data: { groups: { rules: { name: string; health: string; lastError?: string }[] }[] };
  };
  const rules = data.groups.flatMap(group => group.rules);
  const ill = rules.filter(rule => rule.health !== 'ok');
  if (ill.length > 0) throw new Error(ill.map(rule => `${rule.name}: ${rule.lastError}`).join('\n'));
  if (rules.length < 60) throw new Error(`only ${rules.length} rules are evaluated`);
}

/** A page for the service that crashes, tickets for the spoilt event and the refused supergraph: each where it belongs. */
async function alertsArrive({ deliveries }: MonitoringStack): Promise<void> {
  const about = (path: string, words: string): boolean =>
    deliveries.some(each => each.path === path && each.body.includes(words));
  const wanted = [
    ['/pagerduty', 'RestartLoop'],
    ['/channel', 'EventsGiveUp'],
    ['/channel', 'SupergraphRefused'],
  ] as const;
  await until(
    async () => wanted.filter(([path, words]) => !about(path, words)),
    missing => missing.length === 0,
    60_000,
  );
  if (!about('/pagerduty', 'key-of-the-check')) throw new Error('the key of its file is not in the page');
  if (!about('/pagerduty', 'docs/runbooks/runtime.md#restartloop'))
    throw new Error('the page has no link to its runbook');
  if (about('/channel', 'RestartLoop')) throw new Error('a page went where tickets go');
}

type AlertStatus = {
  readonly labels: { readonly alertname: string };
  readonly status: { readonly state: string };
};

/** A ticket for a service that is down already is kept back, one for another service is not. */
async function quietBeside({ alertmanager }: MonitoringStack): Promise<void> {
  const alert = (alertname: string, severity: string, service: string): object => ({
    labels: { alertname, severity, service, environment: 'check' },
  });
  await fetch(`${alertmanager}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([
      alert('CheckDown', 'page', 'users'),
      alert('CheckUsers', 'ticket', 'users'),
      alert('CheckOrders', 'ticket', 'orders'),
    ]),
  });
  await until(
    async () => {
      const all = (await (await fetch(`${alertmanager}/api/v2/alerts`)).json()) as AlertStatus[];
      return ['CheckDown', 'CheckUsers', 'CheckOrders'].map(
        name => all.find(each => each.labels.alertname === name)?.status.state,
      );
    },
    states => states.join() === 'active,suppressed,active',
    30_000,
  );
}

function keep(answers: readonly Answered[]): void {
  const out = process.env['MONITORING_OUT']; // oxlint-disable-line node/no-process-env -- asked for by hand
  if (out === undefined) return;
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'panels.json'), JSON.stringify(answers));
}
