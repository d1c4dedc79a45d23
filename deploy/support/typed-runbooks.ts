import { command } from './engine.ts';
import { runbookLines } from './runbooks.ts';
import { type Stack } from './stacks.ts';

/**
 * Types what runbooks have people type at compose and at the router, word for word, on a stack that runs; throws what failed. The engine
 * here has compose 1.29, whose `logs` knows no `--since` and whose `exec` wants a terminal unless told.
 */
export async function typeRunbooks({ engine, url, env, project }: Stack): Promise<number> {
  const here = [
    `docker() {
      [[ $1 == compose ]] || { command docker "$@"; return; }
      local words=()
      shift
      while (($#)); do
        case $1 in
          --since) shift ;;
          exec) words+=(exec -T) ;;
          *) words+=("$1") ;;
        esac
        shift
      done
      docker-compose -p '${project}' -f compose.yaml "\${words[@]}"
    }`,
    `curl() { command curl --fail "\${@//localhost:8000/${new URL(url).host}}"; }`,
  ].join('\n');
  const lines = runbookLines('docker', 'curl').filter(({ line }) => !line.includes('$TOKEN'));
  for (const { file, line } of lines) {
    // Nothing found is an answer, too.
    const script = `${here}\nset -o pipefail\n{ ${line}; } || [[ $? == 1 && '${line.includes('| grep')}' == true ]]`;
    await command('bash', ['-c', script], { ...engine.env, ...env }).catch((error: unknown) => {
      throw new Error(`${file}: ${line}\n${(error as Error).message.slice(-1_000)}`, { cause: error });
    });
  }
  return lines.length;
}
