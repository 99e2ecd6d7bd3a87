import { may, SYSTEM } from './actor.js';
import {
  formatToken,
  KEY_PERMISSIONS,
  newToken,
  parseToken,
  secretHash,
  secretMatches,
} from './api-key.rules.js';
import { permissionsOf, ROLES } from './roles.js';
import { ADDRESS_THROTTLE, LOGIN_THROTTLE, networkOf, waitAfter } from './throttle.rules.js';

describe('waiting after failures', () => {
  it('begins after the free ones, doubles, and is bounded', () => {
    const waits = [1, 5, 6, 7, 8, 15, 16, 1_000_000].map((n) => waitAfter(n, LOGIN_THROTTLE));
    expect(waits).toEqual([0, 0, 2_000, 4_000, 8_000, 900_000, 900_000, 900_000]);
    expect(waitAfter(30, ADDRESS_THROTTLE)).toBe(0);
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001::3:4:5:6:7', '2001:0:0:3::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('counts %s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('an API key', () => {
  it('is read back as it was written, and is like no other', () => {
    const token = newToken();
    expect(parseToken(formatToken(token))).toEqual(token);
    expect(newToken()).not.toEqual(token);
  });

  it.each([
    '',
    'chitra_',
    'chitra_0123456789abcdef_short',
    'Chitra_0123456789abcdef_'.padEnd(67, 'a'),
  ])('is not "%s"', (text) => {
    expect(parseToken(text)).toBeNull();
  });

  it('matches its own secret only, and nobody without a key', () => {
    const { secret } = newToken();
    expect(secretMatches(secret, secretHash(secret))).toBe(true);
    expect(secretMatches(newToken().secret, secretHash(secret))).toBe(false);
    expect(secretMatches(secret, null)).toBe(false);
  });
});

describe('the offices of the payment chain', () => {
  it('who prepares does not sign, and who manages people does neither', () => {
    for (const role of ROLES) {
      const may = permissionsOf([role]);
      const duties = ['batch.prepare', 'batch.sign', 'user.manage'] as const;
      expect(duties.filter((duty) => may.has(duty)).length).toBeLessThanOrEqual(1);
    }
  });

  it('only who signs switches a bank off and on; everybody in the office sees how it fares', () => {
    const operators = ROLES.filter((role) => permissionsOf([role]).has('bank.operate'));
    expect(operators).toEqual(['chief_accountant', 'account_holder']);
    expect(ROLES.every((role) => permissionsOf([role]).has('bank.read'))).toBe(true);
  });

  it('nobody but people vouches for anything: neither this system nor another one', () => {
    for (const vouching of ['batch.sign', 'doubt.propose', 'bank.operate'] as const) {
      expect(may(SYSTEM, vouching)).toBe(false);
      expect(KEY_PERMISSIONS).not.toContain(vouching);
    }
  });
});
