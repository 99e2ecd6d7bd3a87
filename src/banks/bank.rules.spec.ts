import fc from 'fast-check';
import { enquiryDelayMs, notFoundIsProof, retryDelayMs } from './bank.rules.js';

const retry = { baseMs: 500, capMs: 15_000, jitter: 0.3 };
const enquiry = {
  intervalsMs: [1000, 2000, 5000],
  acceptedAfterMs: 1,
  maxPerEnquiry: 1,
  notFoundWindowMs: 5000,
};

describe('waiting', () => {
  it('a retry waits twice as long each time, up to the cap', () => {
    const waits = [1, 2, 3, 6, 7, 100].map((attempt) =>
      retryDelayMs({ attempt, settings: { retry }, random: 0 }),
    );
    expect(waits).toEqual([500, 1000, 2000, 15_000, 15_000, 15_000]);
  });

  it('jitter shortens by its share at most, and the bank’s Retry-After is always kept', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5, max: 10_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 0, max: 100_000 }),
        (attempt, random, retryAfterMs) => {
          const full = retryDelayMs({ attempt, settings: { retry }, random: 0 });
          const wait = retryDelayMs({ attempt, settings: { retry }, random });
          expect(wait).toBeLessThanOrEqual(full);
          expect(wait).toBeGreaterThanOrEqual(Math.floor(full * 0.7));
          const asked = retryDelayMs({ attempt, settings: { retry }, random, retryAfterMs });
          expect(asked).toBe(Math.max(wait, retryAfterMs));
        },
      ),
    );
  });

  it('enquiries go on for ever at the last interval', () => {
    expect(
      [0, 1, 2, 3, 999].map((asked) => enquiryDelayMs({ asked, settings: { enquiry } })),
    ).toEqual([1000, 2000, 5000, 5000, 5000]);
  });

  it('"not found" proves nothing before the bank’s window has passed', () => {
    const lastSentAt = new Date('2026-11-21T03:00:00.000Z');
    const after = (ms: number) =>
      notFoundIsProof({
        lastSentAt,
        now: new Date(lastSentAt.getTime() + ms),
        settings: { enquiry },
      });
    expect([after(0), after(4999), after(5000)]).toEqual([false, false, true]);
    expect(after(-1)).toBe(false);
  });
});
