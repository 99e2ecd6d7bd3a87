import type { Random } from './random.js';
import type { Trouble } from './surroundings.js';
import type { Fault } from './tasks.js';

/** How far a coroutine runs, and what befalls it there. `least`: boundaries that it passes in any case. */
export function drawPlan(random: Random, trouble: Trouble, least = 0): string {
  const { crashes, database } = trouble;
  const kind = random.weighted({
    whole: 5,
    parks: 3,
    holds: 1.5,
    freezes: 1.2 * crashes,
    dies: 0.9 * crashes,
    refused: 0.7 * database,
  });
  if (kind === 'whole') return '*';
  if (kind === 'parks') return `${least + random.int(4)}:park`;
  if (kind === 'holds') return `${least}:hold-answer`;
  if (kind === 'freezes') {
    return random.chance(0.7) ? `${least}:freeze-answer` : `${random.int(4)}:freeze`;
  }
  const fault: Fault =
    kind === 'dies'
      ? random.weighted({ die: 3, 'die-before-commit': 1, 'die-after-commit': 1.5 })
      : random.weighted({
          conflict: 1,
          'conflict-at-commit': 1,
          deadlock: 1,
          'deadlock-at-commit': 1,
          'commit-unheard': 0.7,
        });
  return `${random.int(5)}:${fault}`;
}
