import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { isAbsolute } from 'node:path';
import process from 'node:process';

// node test/support/k6.ts <script> <journeys>: what k6 gives a script, as far as ours needs it; prints checks, requests and options.
type K6 = { passed: number; failed: number; sent: string[]; post: typeof post; check: typeof check };
const [script = '', journeys = '1'] = process.argv.slice(2);
const k6: K6 = { passed: 0, failed: 0, sent: [], post, check };
const modules: Readonly<Record<string, string>> = {
  k6: 'export const check = globalThis.k6.check; export const sleep = () => undefined;',
  'k6/http': 'export default { post: globalThis.k6.post };',
};
registerHooks({
  resolve: (specifier, context, next) => {
    const source = modules[specifier];
    return source === undefined
      ? next(specifier, context)
      : { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true };
  },
});
const location = new URL(script, `file://${process.cwd()}/`);
Object.assign(globalThis, {
  k6,
  __ENV: process.env,
  open: (path: string) => readFileSync(isAbsolute(path) ? path : new URL(path, location), 'utf8'),
});
const loaded = (await import(location.href)) as { default: () => void; options: unknown };
for (let i = 0; i < Number(journeys); i += 1) loaded.default();
const { passed, failed, sent } = k6;
process.stdout.write(JSON.stringify({ passed, failed, sent, options: loaded.options }));

/** k6 answers synchronously. */
function post(
  url: string,
  body: string,
  params: { headers: Record<string, string>; tags: { name: string } },
) {
  k6.sent.push(params.tags.name);
  const headers = Object.entries(params.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const args = ['-s', '-w', '\n%{http_code}', '-X', 'POST', '--data-binary', '@-', ...headers, url];
  const said = execFileSync('curl', args, { input: body, encoding: 'utf8' });
  const cut = said.lastIndexOf('\n');
  return { status: Number(said.slice(cut)), json: () => JSON.parse(said.slice(0, cut)) as unknown };
}

function check(value: unknown, conditions: Readonly<Record<string, (value: unknown) => boolean>>): boolean {
  const holds = Object.values(conditions).every(condition => condition(value));
  k6[holds ? 'passed' : 'failed'] += 1;
  return holds;
}
