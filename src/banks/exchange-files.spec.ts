import { fileDesk, FILE_BANK, type FileDesk } from '../../test/builders/file-desk.js';
import type { Owed } from '../../test/builders/owed.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { execute, rows } from '../platform/database/index.js';

const people: Owed[] = [{}, {}, {}];

describe('sending messages as files', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let office: FileDesk;
  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    office = await fileDesk(db, clock, { bulk: { maxPerSubmission: 100 } });
  });
  afterEach(() => db.close());

  const filesOut = () =>
    office.reads.list({ bank: FILE_BANK, direction: 'out', state: null, before: null, limit: 10 });
  const send = async () => {
    const { runId } = await office.desk.running(people);
    await office.desk.work();
    return runId;
  };

  it('what is delivered is in doubt, and known to be answered later', async () => {
    const runId = await send();
    expect(await office.desk.states(runId)).toEqual(['unknown', 'unknown', 'unknown']);
    const [file] = await filesOut();
    expect(file).toMatchObject({ state: 'delivered', paymentCount: 3, remoteName: file?.fileName });
    expect(office.channel.lying.get(file?.fileName ?? '')).toContain(file?.messageReference ?? '-');
    const attempts = await rows<{ outcome: string }>(
      db.database.reader,
      'select outcome from attempt',
    );
    expect(attempts).toEqual([{ outcome: 'delivered' }]);
    const [payment] = await office.desk.payments(runId);
    expect(payment?.nextEnquiryAt).toBeNull();
  });

  it('a delivery that surely failed is tried again with the very same bytes', async () => {
    office.channel.deliveries.push({ kind: 'not-sent', why: 'nobody listens' });
    const runId = await send();
    expect(await office.desk.states(runId)).toEqual(['ready', 'ready', 'ready']);
    expect((await filesOut())[0]).toMatchObject({ state: 'not-delivered' });
    await office.desk.passTime(120_000, 30_000);
    expect(await office.desk.states(runId)).toEqual(['unknown', 'unknown', 'unknown']);
    const files = await filesOut();
    expect(files).toHaveLength(1);
    expect(files[0]?.state).toBe('delivered');
  });

  it('a message that cannot be written is surely not sent, and goes out when it can', async () => {
    office.channel.cannotWrite = true;
    const runId = await send();
    expect(await office.desk.states(runId)).toEqual(['ready', 'ready', 'ready']);
    expect(await filesOut()).toEqual([]);
    office.channel.cannotWrite = false;
    await office.desk.passTime(120_000, 30_000);
    expect(await office.desk.states(runId)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('a delivery whose end is not known is never repeated', async () => {
    office.channel.deliveries.push('throws');
    const runId = await send();
    expect((await filesOut())[0]).toMatchObject({ state: 'uncertain' });
    await office.desk.passTime(24 * 3_600_000, 3_600_000);
    expect(await office.desk.states(runId)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(office.channel.delivered).toBe(1);
  });

  it('the same message again is not laid before the bank again', async () => {
    await send();
    const [order] = office.channel.written;
    if (!order) throw new Error('nothing was written');
    const { adapter } = office.banks.of(FILE_BANK);
    const call = { signal: new AbortController().signal, attemptId: 'again' };
    const answers = await adapter.payMany?.(order, call);
    expect([...(answers?.values() ?? [])]).toEqual(
      people.map(() => expect.objectContaining({ kind: 'unknown', delivered: true })),
    );
    expect(office.channel.delivered).toBe(1);
  });

  it('a sender that is lost while it delivers leaves a doubt, and changes nothing when it wakes', async () => {
    const { runId } = await office.desk.running(people);
    let wake = (): void => undefined;
    office.channel.meanwhile = () => new Promise((resolve) => (wake = resolve));
    const lost = office.desk.work();
    await until(async () => (await filesOut())[0]?.state === 'delivering');
    clock.advanceMs(3_600_000);
    await office.desk.sweeper.sweep();
    await office.sweeping.sweep();
    expect((await filesOut())[0]?.state).toBe('uncertain');
    expect(await office.desk.states(runId)).toEqual(['unknown', 'unknown', 'unknown']);
    wake();
    await lost;
    await office.desk.passTime(3 * 3_600_000, 600_000);
    expect((await filesOut())[0]?.state).toBe('uncertain');
    expect(await office.desk.states(runId)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(office.channel.delivered).toBe(1);
  });

  it('a file that surely never left is given up, and its payments go in another message', async () => {
    const runId = await send();
    // As if the sender had died after keeping the file: the payments are in doubt, the file was never delivered.
    await asSuperuser(
      `update bank_file set state = 'made', delivered_at = null, remote_name = null`,
      'bank_file',
    );
    office.channel.lying.clear();
    await execute(
      db.database.reader,
      `update payment set next_enquiry_at = $1 where state = 'unknown'`,
      [clock.now()],
    );
    await office.desk.passTime(1000);
    expect(await office.desk.states(runId)).toEqual(['unknown', 'unknown', 'unknown']);
    await office.desk.passTime(3 * 3_600_000, 600_000);
    const files = await filesOut();
    expect(files.map(({ state }) => state)).toEqual(['delivered', 'void']);
    expect(new Set(files.map(({ messageReference }) => messageReference)).size).toBe(2);
    expect(office.channel.lying.size).toBe(1);
  });

  it('the database lets no second file of a message near the bank, nor a file be changed', async () => {
    await send();
    const copy = `insert into bank_file (id, bank_code, direction, state, file_name, media_type, byte_size, sha256,
        message_reference, message_made_at, order_digest, payment_count, total_amount, currency, last_seen_at, created_at)
      select gen_random_uuid(), bank_code, direction, 'delivering', file_name, media_type, byte_size, sha256,
        message_reference, message_made_at, repeat('0', 64), payment_count, total_amount, currency, last_seen_at,
        created_at from bank_file`;
    await expect(execute(db.database.reader, copy)).rejects.toThrow(/bank_file_message_once/);
    await expect(
      execute(db.database.reader, `update bank_file set sha256 = repeat('0', 64)`),
    ).rejects.toThrow(/does not change/);
    await expect(
      execute(db.database.reader, `update bank_file set state = 'void'`),
    ).rejects.toThrow(/does not move/);
    await expect(execute(db.database.reader, `delete from bank_file`)).rejects.toThrow(
      /never deleted/,
    );
    await expect(
      execute(db.database.reader, `update bank_file_chunk set bytes = ''`),
    ).rejects.toThrow(/append-only/);
  });

  async function asSuperuser(sql: string, table: string): Promise<void> {
    await execute(db.database.reader, `alter table ${table} disable trigger all`);
    await execute(db.database.reader, sql);
    await execute(db.database.reader, `alter table ${table} enable trigger all`);
  }
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await new Promise((wake) => setTimeout(wake, 25));
  }
  throw new Error('it never came to that');
}
