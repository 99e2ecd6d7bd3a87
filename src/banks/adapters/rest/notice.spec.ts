import { Webhook } from 'standardwebhooks';
import { Money } from '../../../kernel/index.js';
import { NoticeRefused } from '../../contract.js';
import { readNotice } from './notice.js';

const SECRET = `whsec_${Buffer.from('a secret only for testing').toString('base64')}`;
const OLD_SECRET = `whsec_${Buffer.from('an older one, for testing').toString('base64')}`;
const now = new Date('2026-11-21T03:00:00Z');
const settled = { reference: 'CT1', status: 'ACCC', amount: '5', sequence: 2 };

function signed(body: string, given: { secret?: string; at?: Date; id?: string } = {}) {
  const at = given.at ?? now;
  const id = given.id ?? 'notice-1';
  return {
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(given.secret ?? SECRET).sign(id, at, body),
    } as Record<string, string | undefined>,
    body: Buffer.from(body),
  };
}
const read = (notice: ReturnType<typeof signed>) =>
  readNotice(notice, { secrets: [SECRET, OLD_SECRET], now });
const faultOf = (notice: ReturnType<typeof signed>): string => {
  try {
    read(notice);
    return 'none';
  } catch (error) {
    return error instanceof NoticeRefused ? error.fault : 'thrown';
  }
};
const body = JSON.stringify({ payments: [settled] });

describe('a notice from a bank', () => {
  it('is refused when one byte of it, its id or its time was changed', () => {
    const notice = signed(body);
    expect(faultOf({ ...notice, body: Buffer.from(body.replace('ACCC', 'ACSC')) })).toBe(
      'signature',
    );
    expect(faultOf({ ...notice, headers: { ...notice.headers, 'webhook-id': 'notice-2' } })).toBe(
      'signature',
    );
    const later = String(Number(notice.headers['webhook-timestamp']) + 1);
    expect(faultOf({ ...notice, headers: { ...notice.headers, 'webhook-timestamp': later } })).toBe(
      'signature',
    );
  });

  it('is refused without a signature, by another secret, and with nonsense in its headers', () => {
    const notice = signed(body);
    for (const name of Object.keys(notice.headers)) {
      expect(faultOf({ ...notice, headers: { ...notice.headers, [name]: undefined } })).toBe(
        'signature',
      );
    }
    expect(faultOf(signed(body, { secret: `whsec_${Buffer.alloc(24).toString('base64')}` }))).toBe(
      'signature',
    );
    for (const nonsense of ['v1', 'v1,', 'v2,AAAA', '', 'v1,é']) {
      expect(
        faultOf({ ...notice, headers: { ...notice.headers, 'webhook-signature': nonsense } }),
      ).toBe('signature');
    }
    expect(faultOf({ ...notice, headers: { ...notice.headers, 'webhook-timestamp': '1e9' } })).toBe(
      'signature',
    );
  });

  it('is refused more than five minutes before or after it was signed', () => {
    const minutes = (m: number) => new Date(now.getTime() + m * 60_000);
    expect(faultOf(signed(body, { at: minutes(-5.1) }))).toBe('replay-window');
    expect(faultOf(signed(body, { at: minutes(5.1) }))).toBe('replay-window');
    expect(faultOf(signed(body, { at: minutes(-4.9) }))).toBe('none');
  });

  it('is refused as malformed only after its signature was found right', () => {
    for (const text of ['', '[]', '{', '{"payments":{}}', 'null']) {
      expect(faultOf(signed(text))).toBe('malformed');
      expect(faultOf({ ...signed(text), headers: {} })).toBe('signature');
    }
  });

  it('is read with the secret before the change too, and with header names in any case', () => {
    expect(faultOf(signed(body, { secret: OLD_SECRET }))).toBe('none');
    const notice = signed(body);
    const headers = Object.fromEntries(
      Object.entries(notice.headers).map(([k, v]) => [k.toUpperCase(), v]),
    );
    expect(faultOf({ ...notice, headers })).toBe('none');
  });

  it('tells what it says, and apart from it what says nothing certain', () => {
    const payments = [
      settled,
      { reference: 'CT2', status: 'RTRN', reasonCode: 'MD07' },
      { reference: 'CT3', status: 'RJCT', reasonCode: 'AB05' },
      { reference: 'CT4', status: 'WHAT' },
      { reference: 'CT5', status: 'ACCC', amount: '1.5' },
      { nonsense: true },
    ];
    const notice = read(signed(JSON.stringify({ payments, extra: 1 })));
    expect(notice.id).toBe('notice-1');
    expect(notice.sentAt).toEqual(now);
    expect(notice.items).toEqual([
      { reference: 'CT1', fact: { kind: 'settled', sequence: 2 }, amount: Money.of('5') },
      { reference: 'CT2', fact: { kind: 'returned', reason: { code: 'MD07' } } },
    ]);
    expect(notice.unread.map((item) => item.reference)).toEqual(['CT3', 'CT4', 'CT5', undefined]);
  });
});
