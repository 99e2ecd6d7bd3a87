import { Settings } from 'luxon';
import type { Task } from './tasks.js';
import { Random } from './random.js';

/*
 * Whatever the product takes from chance or from the machine's clock is given by the seed: Math.random, the bytes of
 * its ids, and short waits, which cost no real time. Only inside the simulation's own process.
 */

/** Ids carry this time, whatever the clock says; their order is the order in which they were made. */
const ID_TIME = Math.floor(Date.UTC(2026, 11, 1) / 2 ** 20) * 2 ** 20;
/**
 * The maker of ids keeps the latest time it saw. Every world comes later than the one before by a multiple of what
 * an id holds of a time (48 bits), so that its ids begin anew and are the same as if it were the first.
 */
const ID_TURN = 2 ** 48;
/** Waits inside the product up to this are skipped; longer ones are the pool's and the driver's own. */
const SHORT_WAIT_MS = 1_000;

interface World {
  readonly random: Random;
  readonly turn: number;
  readonly task: () => Task | null;
}

let world: World | null = null;
let turns = 0;

export function beginWorld(seed: number, task: () => Task | null): void {
  turns += 1;
  world = { random: Random.of(seed, 'product'), turn: turns, task };
  replace();
}

let replaced = false;

function replace(): void {
  if (replaced) return;
  replaced = true;
  const real = {
    now: Date.now.bind(Date),
    random: Math.random.bind(Math),
    timeout: globalThis.setTimeout,
    abortAfter: AbortSignal.timeout.bind(AbortSignal),
  };
  Math.random = () => world?.random.next() ?? real.random();
  // Such times are beyond what a date can be, and Luxon asks for the time to guess an offset.
  Settings.now = () => ID_TIME;
  Date.now = () => (world ? ID_TIME + world.turn * ID_TURN : real.now());
  crypto.getRandomValues = <T extends ArrayBufferView>(into: T): T => {
    world?.random.fill(new Uint8Array(into.buffer, into.byteOffset, into.byteLength));
    return into;
  };
  const soon = (run: () => void, ms?: number) =>
    world?.task() && (ms ?? 0) <= SHORT_WAIT_MS ? setImmediate(run) : real.timeout(run, ms);
  globalThis.setTimeout = Object.assign(soon, real.timeout);
  // Ends when the simulated bank says so, not after real time.
  AbortSignal.timeout = (ms) => {
    const task = world?.task();
    if (!task) return real.abortAfter(ms);
    const abort = new AbortController();
    task.aborts.push(abort);
    return abort.signal;
  };
}
