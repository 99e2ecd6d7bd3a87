import { configureLogging } from '../../../src/platform/logging/index.js';
import {
  anything,
  assembleAndPropose,
  atRest,
  importAndApply,
  listOf,
  people,
  runOf,
  signBoth,
} from '../month.js';
import { startSystem, type System } from '../system.js';

const INSTANT = '970436';
const TIMEOUT_MS = 120_000;

describe('what the program writes while it pays', () => {
  let system: System;
  const lines: string[] = [];
  beforeAll(async () => {
    system = await startSystem();
    configureLogging({
      level: 'trace',
      role: 'all',
      destination: { write: (line: string) => void lines.push(line) },
    });
  }, TIMEOUT_MS);
  afterAll(async () => {
    configureLogging({ level: 'silent', role: 'all' });
    await system.stop();
  });

  it(
    'names nobody: no person, no account, no secret, also where payments fail and requests are refused',
    async () => {
      const persons = [
        ...people(3, 1, { ending: '000001' }),
        ...people(2, 201, { ending: '990101' }), // no such account
        ...people(1, 221, { ending: '991004', bin: INSTANT }), // booked, the answer is lost
        ...people(1, 231, { ending: '991005', bin: INSTANT }), // the connection breaks
        ...people(1, 271, { ending: '993004' }), // comes back
      ];
      const preparer = await system.signIn('lap.bang');
      await expect(
        preparer.get(`/api/v1/payments/${persons[0]?.number}`, anything),
      ).rejects.toThrow();
      await importAndApply(preparer, listOf(persons, '11/2026'));
      const batch = await assembleAndPropose(preparer, '11/2026');
      await signBoth(system, batch.id);
      const run = await runOf(preparer, batch.id);
      await atRest(system, preparer, run.id);

      // The log was on: the alert of the failed payments stands there.
      expect(lines.length).toBeGreaterThan(0);
      const written = lines.join('');
      for (const { number, name, account } of persons) {
        for (const private_ of [number, name, account]) {
          expect(lines.filter((line) => line.includes(private_))).toEqual([]);
        }
      }
      expect(written).not.toMatch(/whsec_|\$argon2|mật khẩu chỉ để thử|postgres:\/\//);
      for (const line of lines) expect(JSON.parse(line)).toHaveProperty('level');
    },
    TIMEOUT_MS,
  );
});
