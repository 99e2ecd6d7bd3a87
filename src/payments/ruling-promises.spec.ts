import { createHash } from 'node:crypto';
import {
  aLetter,
  doubtDesk,
  PAST_THE_WINDOW_MS,
  type DoubtDesk,
} from '../../test/builders/doubt-desk.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock, newId } from '../kernel/index.js';
import { execute, type Tx } from '../platform/database/index.js';

/** Columns of a ruling as they must be; a case says what it would rather write. */
const RULING: Readonly<Record<string, string>> = {
  id: '$1',
  bank_code: `'instant-bank'`,
  outcome: `'settled'`,
  reason_code: 'null',
  evidence_reference: `'CV 12'`,
  evidence_file_id: 'null',
  evidence_as_of: 'now()',
  payment_count: '1',
  total_amount: '100',
  currency: `'VND'`,
  digest: `repeat('a', 64)`,
  state: `'proposed'`,
  proposed_by: '$2',
  proposed_login: `'lap.bang'`,
  proposed_at: 'now()',
};

describe('what the database itself promises about rulings on doubts', () => {
  let db: TestDatabase;
  let desk: DoubtDesk;
  const clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));

  beforeAll(async () => {
    db = await testDatabase();
    desk = await doubtDesk(db, clock);
  });
  afterAll(() => db.close());

  const sql = (text: string, parameters: unknown[] = [], tx: Tx = db.database.reader) =>
    execute(tx, text, parameters);
  const insertRuling = (different: Record<string, string>, paymentId: string) =>
    db.database.transaction(async (tx) => {
      const id = newId();
      const values = { ...RULING, ...different };
      await sql(
        `insert into doubt_ruling (${Object.keys(values).join(', ')})
         values (${Object.values(values).join(', ')})`,
        [id, desk.office.preparer.id],
        tx,
      );
      await sql(
        `insert into doubt_ruling_item (ruling_id, payment_id, last_sent_at, result)
         select $1, id, last_sent_at, 'pending' from payment where id = $2`,
        [id, paymentId],
        tx,
      );
      return id;
    });
  /** What signing does, by hand and in one transaction; a case says what it would rather write. */
  const decide = (
    rulingId: string,
    decision: { by: string; state?: string; item?: string; also?: string },
  ) =>
    db.database.transaction(async (tx) => {
      await sql(
        `update doubt_ruling set state = $2, decided_by = $3, decided_login = 'x', decided_at = now()
                ${decision.also ?? ''} where id = $1`,
        [rulingId, decision.state ?? 'confirmed', decision.by],
        tx,
      );
      const item = decision.item ?? 'moved';
      await sql(
        `update doubt_ruling_item set result = $2 where ruling_id = $1`,
        [rulingId, item],
        tx,
      );
    });

  it.each<[string, Record<string, string>]>([
    ['no evidence', { evidence_reference: 'null' }],
    ['evidence of tomorrow', { evidence_as_of: `now() + interval '1 day'` }],
    ['an evidence file that is not there', { evidence_file_id: 'gen_random_uuid()' }],
    ['an end that nobody proposed', { state: `'confirmed'` }],
    ['no proposer', { proposed_by: 'nullif($2::uuid, $2)' }],
    ['a proposer who is nobody', { proposed_by: 'coalesce(gen_random_uuid(), $2::uuid)' }],
    ['a refusal without a reason', { outcome: `'rejected'` }],
    ['an outcome that sends again', { outcome: `'ready'` }],
    ['more payments than it names', { payment_count: '2' }],
    ['another bank', { bank_code: `'bulk-bank'` }],
    ['another currency', { currency: `'USD'` }],
  ])('a ruling with %s cannot exist', async (_, different) => {
    const { first } = await desk.inDoubt();
    await expect(insertRuling(different, first.id)).rejects.toThrow();
    await insertRuling({}, first.id);
  });

  it('only payments in doubt are ruled on, each in one open ruling at most, none added later', async () => {
    const { ids } = await desk.inDoubt(2);
    const id = await insertRuling({}, ids[0] ?? '');
    await expect(insertRuling({}, ids[0] ?? '')).rejects.toThrow('payment_in_one_open_ruling');
    const add = `insert into doubt_ruling_item (ruling_id, payment_id, last_sent_at, result)
                 select $1, id, last_sent_at, 'pending' from payment where id = $2`;
    await expect(sql(add, [id, ids[1]])).rejects.toThrow('stays as it was proposed');
    await desk.sign((await desk.propose(ids.slice(1))).rulingId);
    await expect(insertRuling({}, ids[1] ?? '')).rejects.toThrow('no doubt of this ruling');
  });

  it('it is decided by a registered signatory who is not its proposer, and whole', async () => {
    const { first } = await desk.inDoubt();
    const { accountant, colleague, holder } = desk.office;
    const id = await insertRuling(
      { proposed_by: `coalesce('${accountant.id}', $2::uuid)` },
      first.id,
    );
    await expect(decide(id, { by: accountant.id })).rejects.toThrow('nobody_rules_alone');
    await expect(decide(id, { by: colleague.id })).rejects.toThrow('registered signatory');
    await sql(`update app_user set disabled_at = now() where id = $1`, [holder.id]);
    await expect(decide(id, { by: holder.id })).rejects.toThrow('registered signatory');
    await sql(`update app_user set disabled_at = null where id = $1`, [holder.id]);
    const { id: by } = holder;
    await expect(decide(id, { by, state: 'refused' })).rejects.toThrow('said_why');
    await expect(decide(id, { by, item: 'released' })).rejects.toThrow('do not fit its end');
    await expect(decide(id, { by, also: `, outcome = 'rejected'` })).rejects.toThrow();
    await expect(decide(id, { by, also: `, evidence_reference = 'CV 13'` })).rejects.toThrow(
      'stay as they were proposed',
    );
    await expect(
      sql(`update doubt_ruling_item set result = 'moved' where ruling_id = $1`, [id]),
    ).rejects.toThrow('stays as it is');
    await decide(id, { by });
  });

  it('people move a payment out of a doubt by a confirmed ruling about it and its outcome only', async () => {
    const { ids } = await desk.inDoubt(2);
    const { rulingId } = await desk.propose(ids.slice(0, 1));
    const move = (paymentId: string | undefined, to: string, source: string | null) =>
      sql(
        `insert into payment_history (payment_id, at, from_state, to_state, cause, source_id)
         values ($1, now(), 'unknown', $2, 'operator', $3)`,
        [paymentId, to, source],
      );
    const refusal = 'by a confirmed ruling only';
    await expect(move(ids[0], 'settled', rulingId)).rejects.toThrow(refusal);
    await desk.sign(rulingId);
    await expect(move(ids[0], 'rejected', rulingId)).rejects.toThrow(refusal);
    await expect(move(ids[1], 'settled', rulingId)).rejects.toThrow(refusal);
    await expect(move(ids[1], 'settled', null)).rejects.toThrow(refusal);
    await expect(move(ids[1], 'ready', rulingId)).rejects.toThrow(refusal);
  });

  it('what was decided, its evidence and its history never change', async () => {
    const { ids } = await desk.inDoubt();
    const file = { fileName: 'a.pdf', bytes: aLetter() };
    const { rulingId } = await desk.propose(ids, {
      evidence: { reference: null, note: null, file },
    });
    await desk.sign(rulingId);
    for (const change of [
      `update doubt_ruling set state = 'refused', decision_reason = 'x' where id = '${rulingId}'`,
      `update doubt_ruling set decided_login = 'x' where id = '${rulingId}'`,
      `update doubt_ruling_item set result = 'released' where ruling_id = '${rulingId}'`,
      `delete from doubt_ruling_item`,
      `delete from doubt_ruling`,
      `update doubt_ruling_history set reason = 'x'`,
      `delete from doubt_ruling_history`,
      `update evidence_file set bytes = 'x'`,
      `delete from evidence_file`,
      `truncate evidence_file cascade`,
      `truncate doubt_ruling cascade`,
      `truncate doubt_ruling_history`,
    ]) {
      await expect(sql(change)).rejects.toThrow();
    }
  });

  it('an evidence file is what its hash says, of a kind that is kept, and not too large', async () => {
    const insert = (bytes: Buffer, different: { sha256?: string; type?: string } = {}) =>
      sql(
        `insert into evidence_file (id, file_name, media_type, sha256, byte_size, bytes, created_at)
         values ($1, 'a.pdf', $2, $3, octet_length($4::bytea), $4, now())`,
        [
          newId(),
          different.type ?? 'application/pdf',
          different.sha256 ?? createHash('sha256').update(bytes).digest('hex'),
          bytes,
        ],
      );
    await expect(insert(aLetter(), { sha256: 'a'.repeat(64) })).rejects.toThrow(
      'evidence_is_whole',
    );
    await expect(insert(aLetter(), { type: 'text/html' })).rejects.toThrow('media_type');
    await expect(insert(Buffer.alloc(0))).rejects.toThrow('byte_size');
    await expect(insert(Buffer.alloc(5 * 1024 * 1024 + 1))).rejects.toThrow('byte_size');
    await insert(Buffer.alloc(5 * 1024 * 1024));
  });

  describe('no payment goes from a doubt back to be sent', () => {
    const answered = (paymentId: string, answer: string, askedAt: Date) =>
      db.database.transaction(async (tx) => {
        const id = newId();
        await sql(
          `insert into attempt (id, bank_code, kind, number, payment_count, started_at)
           values ($1, 'instant-bank', 'enquire', 1, 1, $2)`,
          [id, askedAt],
          tx,
        );
        await sql(
          `insert into enquiry_answer (attempt_id, payment_id, answer, at) values ($1, $2, $3, $4)`,
          [id, paymentId, answer, new Date(clock.now().getTime() + PAST_THE_WINDOW_MS)],
          tx,
        );
      });
    const sendAgain = (paymentId: string, to = 'ready') =>
      sql(`update payment set state = $2 where id = $1`, [paymentId, to]);
    const later = (ms: number) => new Date(clock.now().getTime() + ms);

    it('without a word of the bank, or with another one', async () => {
      const { first } = await desk.inDoubt();
      await expect(sendAgain(first.id)).rejects.toThrow('not sent again without proof');
      for (const answer of ['unknown', 'accepted', 'rejected', 'returned']) {
        await answered(first.id, answer, later(60_000));
      }
      await expect(sendAgain(first.id)).rejects.toThrow('not sent again without proof');
    });

    it('when the bank was asked before the last sending, however late its answer was written', async () => {
      const { first } = await desk.inDoubt();
      await answered(first.id, 'not-found', later(-1));
      await answered(first.id, 'not-found', later(0));
      await expect(sendAgain(first.id)).rejects.toThrow('not sent again without proof');
    });

    it("with another payment's proof, nor straight into sending or out of our books with its own", async () => {
      const { first, all } = await desk.inDoubt(2);
      await answered(all[1]?.id ?? '', 'not-found', later(60_000));
      await expect(sendAgain(first.id)).rejects.toThrow('not sent again without proof');
      await answered(first.id, 'not-found', later(60_000));
      await expect(sendAgain(first.id, 'sending')).rejects.toThrow('without proof');
      await expect(sendAgain(first.id, 'cancelled')).rejects.toThrow('without proof');
    });

    it('with its own proof it may: so the refusals above are about their own cause', async () => {
      const { first } = await desk.inDoubt();
      await answered(first.id, 'not-found', later(60_000));
      expect(await sendAgain(first.id)).toBe(1);
    });
  });
});
