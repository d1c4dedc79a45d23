import { setImmediate as nextRound } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { atTurnsEnd, tellTurn } from './turn.ts';

/** How often the event loop goes round until the turn that begins now ends; each round there is news while this says so. */
async function roundsOfTurn(hasNews: (round: number) => boolean): Promise<number> {
  let over = false;
  atTurnsEnd(() => (over = true));
  for (let round = 1; ; round += 1) {
    if (hasNews(round)) tellTurn();
    await nextRound();
    if (over) return round;
  }
}

test('who is alone waits for one round', async () => {
  tellTurn();
  expect(await roundsOfTurn(() => false)).toBe(1);
});

test('while there is news, the turn goes on, but not for ever', async () => {
  expect(await roundsOfTurn(round => round === 1)).toBe(2);
  expect(await roundsOfTurn(() => true)).toBeLessThanOrEqual(4);
});

test('all who came during a turn go at its end, and the next turn begins anew', async () => {
  const ended: string[] = [];
  atTurnsEnd(() => {
    ended.push('first');
    atTurnsEnd(() => ended.push('third'));
  });
  atTurnsEnd(() => ended.push('second'));
  await nextRound();
  expect(ended).toEqual(['first', 'second']);
  await nextRound();
  expect(ended).toEqual(['first', 'second', 'third']);
});
