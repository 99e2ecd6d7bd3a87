import { ManualClock } from '../kernel/index.js';
import { one, rows } from '../platform/database/index.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { outcomeDesk, signedNotice } from '../../test/builders/outcome-desk.js';
import { NOTICE_MAX_BYTES } from './notice.rules.js';

const NOW = new Date('2026-11-21T03:00:00Z');
const ITEM = { reference: 'CT0123', status: 'ACCC', amount: '2789000', currency: 'VND' };

describe("a bank's notice at the door", () => {
  const clock = new ManualClock(NOW);
  let db: TestDatabase;
  let desk: ReturnType<typeof outcomeDesk>;
  beforeAll(async () => {
    db = await testDatabase();
    desk = outcomeDesk(db.database, clock);
  });
  afterAll(() => db.close());

  const stored = (noticeId: string) =>
    rows<{ state: string; repeated: number }>(
      db.database.reader,
      'select state, repeated from bank_notice where notice_id = $1 order by id',
      [noticeId],
    );
  const counted = async (result: string) =>
    (await desk.metrics.registry.getMetricsAsJSON())
      .find((metric) => metric.name === 'chitra_notices_total')
      ?.values.find((value) => value.labels['result'] === result)?.value ?? 0;

  it('signed with another secret is refused, counted and not kept', async () => {
    const forged = signedNotice({
      id: 'n-forged',
      at: NOW,
      payments: [ITEM],
      secret: `whsec_${Buffer.from('somebody else wrote this').toString('base64')}`,
    });
    await expect(desk.receiving.receive('sandbox', forged)).rejects.toMatchObject({
      kind: 'unauthenticated',
      code: 'settlements.notice-signature',
    });
    expect(await stored('n-forged')).toEqual([]);
    expect(await counted('refused-signature')).toBe(1);
  });

  it('changed by one byte after signing is refused', async () => {
    const { headers, body } = signedNotice({ id: 'n-changed', at: NOW, payments: [ITEM] });
    const changed = Buffer.from(body.toString().replace('2789000', '2789001'));
    await expect(
      desk.receiving.receive('sandbox', { headers, body: changed }),
    ).rejects.toMatchObject({ code: 'settlements.notice-signature' });
    expect(await stored('n-changed')).toEqual([]);
  });

  it.each([-301_000, 301_000])('signed %d ms away from now is refused', async (apartMs) => {
    const late = signedNotice({
      id: 'n-late',
      at: new Date(NOW.getTime() + apartMs),
      payments: [ITEM],
    });
    await expect(desk.receiving.receive('sandbox', late)).rejects.toMatchObject({
      kind: 'unauthenticated',
      code: 'settlements.notice-time',
    });
    expect(await stored('n-late')).toEqual([]);
  });

  it('genuine but not of the documented form is refused as malformed', async () => {
    const { headers, body } = signedNotice({
      id: 'n-odd',
      at: NOW,
      payments: 'none' as unknown as unknown[],
    });
    await expect(desk.receiving.receive('sandbox', { headers, body })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'settlements.notice-malformed',
    });
    expect(await stored('n-odd')).toEqual([]);
  });

  it('larger than allowed is refused before it is read', async () => {
    const body = Buffer.alloc(NOTICE_MAX_BYTES + 1, 32);
    await expect(desk.receiving.receive('sandbox', { headers: {}, body })).rejects.toMatchObject({
      kind: 'too-large',
    });
  });

  it('to a bank that nobody knows, or that sends none, finds nothing there', async () => {
    const notice = signedNotice({ id: 'n-1', at: NOW, payments: [ITEM] });
    await expect(desk.receiving.receive('nobody', notice)).rejects.toMatchObject({
      kind: 'not-found',
    });
    const { adapter } = desk.banks.of('sandbox-instant');
    Object.defineProperty(adapter, 'verifyNotice', { value: undefined });
    await expect(desk.receiving.receive('sandbox-instant', notice)).rejects.toMatchObject({
      code: 'settlements.notices-not-offered',
    });
  });

  it('is kept once with its ring, however often it is sent, also a hundred times at once', async () => {
    const notice = signedNotice({ id: 'n-hundred', at: NOW, payments: [ITEM] });
    const receipts = await Promise.all(
      Array.from({ length: 100 }, () => desk.receiving.receive('sandbox', notice)),
    );
    expect(receipts.filter(({ kept }) => kept === 'received')).toHaveLength(1);
    expect(receipts.filter(({ kept }) => kept === 'repeated')).toHaveLength(99);
    expect(await stored('n-hundred')).toEqual([{ state: 'received', repeated: 99 }]);
    const rung = await one<{ count: number }>(
      db.database.reader,
      `select count(*)::int as count from outbox_delivery where subscriber = 'settlements.apply-notices'`,
    );
    expect(rung?.count).toBe(1);
  });

  it('with an id that came before with another body is kept beside it as a conflict', async () => {
    const send = (status: string) =>
      desk.receiving.receive(
        'sandbox',
        signedNotice({ id: 'n-two-faced', at: NOW, payments: [{ ...ITEM, status }] }),
      );
    expect((await send('ACSP')).kept).toBe('received');
    expect((await send('ACCC')).kept).toBe('conflict');
    expect((await send('ACCC')).kept).toBe('repeated');
    expect((await send('ACSP')).kept).toBe('repeated');
    expect(await stored('n-two-faced')).toEqual([
      { state: 'received', repeated: 1 },
      { state: 'conflict', repeated: 1 },
    ]);
  });

  it('keeps its words in the database: neither code nor an operator changes or deletes them', async () => {
    const change = (sql: string) => rows(db.database.reader, sql);
    await expect(
      change(`update bank_notice set body_sha256 = repeat('0', 64)`),
    ).rejects.toMatchObject({ driverError: { code: '23001' } });
    await expect(change('delete from bank_notice')).rejects.toThrow('never deleted');
    await expect(change('delete from notice_item')).rejects.toThrow('keeps what it said');
    await expect(
      change(`update bank_notice set state = 'received' where state = 'conflict'`),
    ).rejects.toThrow('does not move');
  });
});
