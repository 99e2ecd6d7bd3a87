import fc from 'fast-check';
import { breakerLifecycle } from './breaker.lifecycle.js';
import {
  admissionOf,
  callEndOf,
  noteCall,
  probeDelayMs,
  probeFirst,
  soundBank,
  type BankHealth,
  type CallEnd,
} from './breaker.rules.js';
import type { EnquiryAnswer, PayAnswer } from './contract.js';

const MINUTE = 60_000;
const settings = {
  breaker: { failures: 3, forgetAfterMs: 10 * MINUTE, openMs: 30_000, maxOpenMs: 600_000 },
};
const START = Date.UTC(2026, 10, 20, 2);
const at = (ms: number) => new Date(START + ms);

const silent: CallEnd = { kind: 'silent', why: 'ECONNREFUSED', retryAfterMs: 0 };
const answered: CallEnd = { kind: 'answered', why: null, retryAfterMs: 0 };
const busy = (retryAfterMs: number): CallEnd => ({ kind: 'busy', why: 'HTTP 429', retryAfterMs });

/** A call that began and ended at that time. */
const after = (
  health: BankHealth,
  end: CallEnd,
  given: { ms: number; from?: number; callId?: string },
): BankHealth => {
  const { ms, from = ms, callId = 'ordinary' } = given;
  const call = { callId, startedAt: at(from), at: at(ms), end };
  return noteCall(health, call, settings)?.next ?? health;
};
const probing = (health: BankHealth, ms: number): BankHealth => ({
  ...health,
  state: 'probing',
  probeId: 'probe',
  probeUntil: at(ms + 15_000),
  movedAt: at(ms),
});
const opened = (): BankHealth =>
  [0, 1, 2].reduce((health, ms) => after(health, silent, { ms }), soundBank('a-bank'));

describe('what a call shows of its bank', () => {
  const reason = { code: 'AC04' };
  it.each<[CallEnd['kind'], (PayAnswer | EnquiryAnswer)[]]>([
    ['answered', [{ kind: 'settled' }]],
    ['answered', [{ kind: 'rejected', reason }]],
    ['answered', [{ kind: 'returned', reason }]],
    ['answered', [{ kind: 'not-found' }]],
    ['answered', [{ kind: 'unknown', why: 'left out' }, { kind: 'accepted' }]],
    ['silent', [{ kind: 'unknown', why: 'HTTP 500' }]],
    ['silent', [{ kind: 'not-sent', why: 'ECONNREFUSED' }]],
    ['silent', [{ kind: 'not-sent', why: 'HTTP 503', retryAfterMs: 30_000 }]],
    ['silent', []],
    ['busy', [{ kind: 'not-sent', why: 'HTTP 429', busy: true }]],
    ['busy', [{ kind: 'unknown', why: 'HTTP 429', busy: true, retryAfterMs: 5 }]],
  ])('is %s: %j', (kind, answers) => {
    expect(callEndOf(answers).kind).toBe(kind);
  });

  it('keeps the longest wait that the bank asked for', () => {
    const waits = [2_000, 9_000, 1_000];
    const answers = waits.map((retryAfterMs): PayAnswer => ({
      kind: 'not-sent',
      why: 'HTTP 429',
      retryAfterMs,
      busy: true,
    }));
    expect(callEndOf(answers).retryAfterMs).toBe(9_000);
  });
});

describe('a breaker', () => {
  it('opens after so many calls in a row without an answer, and not one earlier', () => {
    const two = [0, 1].reduce((h, ms) => after(h, silent, { ms }), soundBank('a-bank'));
    expect(two).toMatchObject({ state: 'closed', failures: 2, failingSince: at(0) });
    expect(after(two, silent, { ms: 2 })).toMatchObject({
      state: 'open',
      openedAt: at(2),
      nextProbeAt: at(2 + 30_000),
      failingSince: at(0),
    });
  });

  it('counts anew after an answer, and after a silence that is long ago', () => {
    const two = [0, 1].reduce((h, ms) => after(h, silent, { ms }), soundBank('a-bank'));
    expect(after(two, answered, { ms: 2 })).toMatchObject({ failures: 0, failingSince: null });
    const late = after(two, silent, { ms: 11 * MINUTE });
    // One failure again; but nothing was answered since the first.
    expect(late).toMatchObject({ state: 'closed', failures: 1, failingSince: at(0) });
    const nextWeek = after(two, silent, { ms: 7 * 24 * 60 * MINUTE });
    expect(nextWeek.failingSince).toEqual(at(7 * 24 * 60 * MINUTE));
  });

  it('does not count that a bank asks for fewer calls', () => {
    const health = [0, 1, 2, 3, 4].reduce(
      (h, ms) => after(h, busy(0), { ms }),
      soundBank('a-bank'),
    );
    expect(health).toEqual(soundBank('a-bank'));
  });

  it('writes nothing for an answer from a bank that is well', () => {
    const call = { callId: 'c', startedAt: at(0), at: at(1), end: answered };
    expect(noteCall(soundBank('a-bank'), call, settings)).toBeNull();
  });

  it('listens to its probe only, while it is not closed', () => {
    const open = opened();
    for (const end of [silent, answered]) {
      expect(after(open, end, { ms: 40_000 })).toBe(open);
      const tried = probing(open, 40_000);
      expect(after(tried, end, { ms: 40_001 })).toBe(tried);
    }
    const closed = after(probing(open, 40_000), answered, { ms: 40_001, callId: 'probe' });
    expect(closed).toMatchObject({
      state: 'closed',
      failures: 0,
      failingSince: null,
      openedAt: null,
      nextProbeAt: null,
      probes: 0,
    });
  });

  it('closes when its probe is told to come less often: the bank is there', () => {
    const closed = after(probing(opened(), 40_000), busy(5_000), { ms: 41_000, callId: 'probe' });
    expect(closed).toMatchObject({ state: 'closed', pausedUntil: at(46_000) });
  });

  it('does not open again for calls that were under way when the bank came back', () => {
    let health = after(probing(opened(), 40_000), answered, { ms: 40_001, callId: 'probe' });
    for (let nth = 0; nth < 10; nth += 1) health = after(health, silent, { ms: 40_002, from: 10 });
    expect(health).toMatchObject({ state: 'closed', failures: 0 });
  });

  it('waits twice as long after each probe, and never longer than its cap', () => {
    const waits = [0, 1, 2, 3, 4, 5, 1000].map((probes) => probeDelayMs(probes, settings));
    expect(waits).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
    let health = opened();
    const gone: number[] = [];
    for (let now = 0; now < 60 * MINUTE; now += 1000) {
      if (admissionOf(health, at(now)).asking !== 'probe') continue;
      gone.push(now);
      health = after(probing(health, now), silent, { ms: now, callId: 'probe' });
    }
    // An hour's outage is a handful of tries.
    expect(gone.length).toBeLessThanOrEqual(9);
  });

  it('first asks, then sends, then asks: a question that is never answered keeps no bank closed', () => {
    expect([0, 1, 2, 3].map((probes) => probeFirst({ probes }))).toEqual([
      'asking',
      'sending',
      'asking',
      'sending',
    ]);
  });
});

describe('the gate of a bank', () => {
  it('holds both ways while it is open or paused, and only what is sent while it is off', () => {
    const sound = soundBank('a-bank');
    const both = (health: BankHealth, ms = 10) => admissionOf(health, at(ms));
    expect(both(sound)).toEqual({ sending: 'go', asking: 'go' });
    expect(both(opened())).toEqual({ sending: 'hold', asking: 'hold' });
    expect(both(opened(), 31_000)).toEqual({ sending: 'probe', asking: 'probe' });
    expect(both({ ...sound, pausedUntil: at(11) })).toEqual({ sending: 'hold', asking: 'hold' });
    expect(both({ ...sound, pausedUntil: at(10) })).toEqual({ sending: 'go', asking: 'go' });
    const off = { switchedOffAt: at(0) };
    expect(both({ ...sound, ...off })).toEqual({ sending: 'hold', asking: 'go' });
    expect(both({ ...opened(), ...off }, 31_000)).toEqual({ sending: 'hold', asking: 'probe' });
  });

  it('lets another probe when the one before did not come back', () => {
    const lost = probing(opened(), 40_000);
    expect(admissionOf(lost, at(54_999)).asking).toBe('hold');
    expect(admissionOf(lost, at(55_000)).asking).toBe('probe');
  });

  it('keeps the longest pause that was asked for, and is not written for each of many that ask the same', () => {
    const paused = after(soundBank('a-bank'), busy(60_000), { ms: 0 });
    expect(paused.pausedUntil).toEqual(at(60_000));
    expect(after(paused, busy(1_000), { ms: 5 })).toBe(paused);
    expect(after(paused, busy(60_000), { ms: 900 })).toBe(paused);
    expect(after(paused, busy(60_000), { ms: 1_000 }).pausedUntil).toEqual(at(61_000));
    // Also what was under way before, and while the breaker is open.
    expect(after(opened(), busy(60_000), { ms: 3, from: 0 }).pausedUntil).toEqual(at(60_003));
  });
});

describe('whatever calls end in whatever order', () => {
  const event = fc.record({
    passes: fc.integer({ min: 0, max: 900_000 }),
    lasted: fc.integer({ min: 0, max: 100_000 }),
    end: fc.constantFrom(silent, silent, silent, answered, busy(0), busy(45_000)),
    isProbe: fc.boolean(),
  });

  it('every move is of the lifecycle, an open breaker has a next try within its cap, and an answer always ends it', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let health = soundBank('a-bank');
        let now = 0;
        for (const { passes, lasted, end, isProbe } of events) {
          now += passes;
          let callId = 'ordinary';
          if (isProbe && admissionOf(health, at(now)).asking === 'probe') {
            health = probing(health, now);
            callId = 'probe';
          }
          const before = health;
          const call = { callId, startedAt: at(now - (isProbe ? 0 : lasted)), at: at(now), end };
          health = noteCall(health, call, settings)?.next ?? health;
          if (before.state !== health.state) {
            expect(breakerLifecycle.can(before.state, health.state)).toBe(true);
          }
          expect(health.state === 'closed').toBe(health.openedAt === null);
          expect(health.state === 'closed').toBe(health.nextProbeAt === null);
          expect(health.state === 'probing').toBe(health.probeId !== null);
          if (health.state === 'open') {
            const wait =
              (health.nextProbeAt?.getTime() ?? Infinity) - (health.movedAt?.getTime() ?? 0);
            expect(wait).toBeGreaterThanOrEqual(settings.breaker.openMs);
            expect(wait).toBeLessThanOrEqual(settings.breaker.maxOpenMs);
          }
        }
        // However long the outage was: its next probe that is answered is its end.
        if (health.state === 'closed') return;
        const last = probing(health, now + 1);
        expect(after(last, answered, { ms: now + 2, callId: 'probe' }).state).toBe('closed');
      }),
    );
  });
});
