import { InvalidValueError } from './errors.js';

export interface Lifecycle<S extends string> {
  readonly name: string;
  readonly initial: S;
  readonly states: readonly S[];
  /** Every state a thing may be in just before it moves to `to`. For the `where` of an update. */
  before(to: S): readonly S[];
  can(from: S, to: S): boolean;
  isFinal(state: S): boolean;
  /** @throws InvalidValueError when no edge leads from `from` to `to`. */
  assertMove(from: S, to: S): void;
  /** Mermaid `stateDiagram-v2` lines, for the READMEs. */
  toMermaid(): string;
}

/**
 * States and legal moves as data. Refuses at start-up a graph that names unknown states, has a state
 * that cannot be reached, or a move to itself: a wrong table must never reach a row.
 */
export function lifecycle<S extends string>(table: {
  name: string;
  initial: S;
  moves: Readonly<Record<S, readonly S[]>>;
}): Lifecycle<S> {
  const states = Object.keys(table.moves) as S[];
  const fail = (rule: string): never => {
    throw new InvalidValueError(`lifecycle ${table.name}`, rule);
  };
  const reached = new Set<S>([table.initial]);
  const queue: S[] = [table.initial];
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    if (!Object.hasOwn(table.moves, state)) fail(`unknown state ${state}`);
    const next = table.moves[state];
    for (const to of next) {
      if (to === state) fail(`${state} moves to itself`);
      if (next.indexOf(to) !== next.lastIndexOf(to)) fail(`${state} moves to ${to} twice`);
      if (!reached.has(to)) {
        reached.add(to);
        queue.push(to);
      }
    }
  }
  for (const state of states) if (!reached.has(state)) fail(`${state} cannot be reached`);

  const can = (from: S, to: S): boolean => table.moves[from].includes(to);
  return {
    name: table.name,
    initial: table.initial,
    states,
    before: (to) => states.filter((from) => can(from, to)),
    can,
    isFinal: (state) => table.moves[state].length === 0,
    assertMove: (from, to) => {
      if (!can(from, to)) fail(`no move from ${from} to ${to}`);
    },
    toMermaid: () =>
      [
        'stateDiagram-v2',
        `  [*] --> ${table.initial}`,
        ...states.flatMap((from) => table.moves[from].map((to) => `  ${from} --> ${to}`)),
        ...states.filter((s) => table.moves[s].length === 0).map((s) => `  ${s} --> [*]`),
      ].join('\n'),
  };
}
