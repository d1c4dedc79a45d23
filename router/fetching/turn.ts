/** How often the event loop goes round at most before a turn ends. */
const ROUNDS = 4;
/** A busy loop's rounds are long: the round in which this has passed is the last one. */
const LONGEST_MS = 2;

const waiting: (() => void)[] = [];
let rounds = 0;
let begun = 0;
let hasNews = false;

/**
 * Calls back at the end of the turn: when the event loop has gone round without news (`tellTurn`), or has gone round often
 * enough. Whoever writes then writes once for all that has come in together, and a write to the kernel costs more than a request.
 */
export function atTurnsEnd(done: () => void): void {
  if (waiting.length === 0) {
    rounds = 0;
    begun = performance.now();
    hasNews = false;
    setImmediate(goRound);
  }
  waiting.push(done);
}

/** A question or an answer has come in, and others may follow: the turn goes on for another round. */
export function tellTurn(): void {
  hasNews = true;
}

function goRound(): void {
  rounds += 1;
  const goesOn = hasNews && rounds < ROUNDS && performance.now() - begun < LONGEST_MS;
  hasNews = false;
  if (goesOn) {
    setImmediate(goRound);
    return;
  }
  for (const done of waiting.splice(0)) done();
}
