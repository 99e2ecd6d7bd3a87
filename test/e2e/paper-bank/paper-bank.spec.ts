import { Database, rows } from '../../../src/platform/database/index.js';
import { officeDate } from '../../../src/kernel/index.js';
import type { ApiClient } from '../../../src/cli/demo/api-client.js';
import { fundsHavePlenty } from '../../builders/officers.js';
import {
  act,
  anything,
  assembleAndPropose,
  countsOf,
  importAndApply,
  listOf,
  people,
  runOf,
  sign,
  until,
  type Person,
} from '../month.js';
import { signatureOf } from './paper-bank.js';
import { startPaperSystem, type PaperSystem, type RailTerms } from './paper-system.js';
import { STORIES } from './stories.js';

const RAILS = [
  { code: 'paper-bulk', mode: 'bulk', receives: '*', notices: true, enquiries: true },
  { code: 'paper-single', mode: 'single', receives: '970436', notices: true, enquiries: true },
  { code: 'notices-only', mode: 'single', receives: '970407', notices: true, enquiries: false },
  { code: 'enquiries-only', mode: 'bulk', receives: '970415', notices: false, enquiries: true },
] as const satisfies readonly RailTerms[];

const PLAIN = '1000';
const ENDS: Readonly<Record<string, string>> = {
  '0003': 'returned AC06',
  '0004': 'rejected AC01',
  '0008': 'returned AC06',
  '0012': 'rejected BE01',
};
/** What never arrived can be found out by nobody where there are no enquiries. */
const TOLD_BY_NOTICE = Object.keys(STORIES).filter(
  (ending) => STORIES[ending]?.arrival !== 'dropped',
);

/** Two people of every story, and some to whom nothing happens, at one bank. */
function peopleOf(rail: RailTerms, from: number): Person[] {
  const bin = rail.receives === '*' ? '970405' : rail.receives;
  const endings = rail.enquiries ? Object.keys(STORIES) : TOLD_BY_NOTICE;
  return [PLAIN, ...endings].flatMap((ending, at) => people(2, from + at * 10, { ending, bin }));
}

describe('a bank written from the paper', () => {
  const persons = RAILS.flatMap((rail, at) => peopleOf(rail, 1 + at * 1000));
  let system: PaperSystem;
  let preparer: ApiClient;
  let runId: string;

  beforeAll(async () => {
    system = await startPaperSystem(RAILS);
    preparer = await system.signIn('lap.bang');
    await fundsHavePlenty(system.booted.app.get(Database, { strict: false }).reader);
    await importAndApply(preparer, listOf(persons, '11/2026'));
    const batch = await assembleAndPropose(preparer, '11/2026');
    for (const login of ['ke.toan.truong', 'chu.tai.khoan']) {
      await sign(await system.signIn(login), batch.id);
    }
    runId = (await runOf(preparer, batch.id)).id;
  }, 60_000);
  afterAll(() => system.stop());

  const payments = () =>
    rows<{ account: string; end: string }>(
      system.booted.app.get(Database, { strict: false }).reader,
      `select account_number as account, trim(state || ' ' || coalesce(reason_code, '')) as end
         from payment where run_id = $1`,
      [runId],
    );

  it('signs as the paper’s own example does', () => {
    const secret = 'whsec_YSBzZWNyZXQgb25seSBmb3IgdGVzdGluZw==';
    const content = 'msg_1.1795600000.POST /v1/payments\n{"reference":"CT1"}';
    expect(signatureOf(secret, content)).toBe('v1,ASns6jfV6R5Lqz0/2G6Rbfx/H2h9LgCfNNze9YwwPeM=');
  });

  it('is followed to the end of every payment, whatever it says first, last, twice or never', async () => {
    await until(
      () => countsOf(preparer, runId),
      (now) => !now.ready && !now.sending && !now.accepted && !now.unknown,
    );
    await system.bank.rest();
    await until(
      () => preparer.get('/api/v1/notices?state=received&limit=1', anything),
      (page) => page.items.length === 0,
    );
    for (const { code } of RAILS) {
      expect(await reconciled(code)).toMatchObject({
        state: 'finished',
        statement: { difference: '0' },
      });
    }
    const seen = await payments();
    const expected = persons.map(
      ({ account }) => `${account} ${ENDS[account.slice(-4)] ?? 'settled'}`,
    );
    expect(seen.map(({ account, end }) => `${account} ${end}`).sort()).toEqual(expected.sort());
    expect(system.bank.faults).toEqual([]);
  }, 60_000);

  it('credited nobody twice, and its books say what ours say', () => {
    const credits = [...system.bank.books.values()].flatMap((books) => [
      ...books.creditsByAccount(),
    ]);
    const paid = persons.filter(({ account }) => !['0004', '0012'].includes(account.slice(-4)));
    expect(credits.filter(([, times]) => times > 1)).toEqual([]);
    expect(credits.filter(([, times]) => times === 1)).toHaveLength(paid.length);
  });

  it('contradicted nothing, and left the doubts behind that it was meant to leave', async () => {
    const { reader } = system.booted.app.get(Database, { strict: false });
    const conflicts = await rows(reader, 'select state, says, cause, detail from payment_conflict');
    expect(conflicts).toEqual([]);
    const doubts = await rows<{ bank: string; ended: string }>(
      reader,
      `select distinct p.bank_code as bank, h.cause as ended
         from payment_history h join payment p on p.id = h.payment_id where h.from_state = 'unknown'`,
    );
    const ways = doubts.map(({ bank, ended }) => `${bank} by ${ended}`);
    expect(ways).toEqual(
      expect.arrayContaining(['notices-only by notice', 'enquiries-only by enquiry']),
    );
    const again = await rows<{ bank: string }>(
      reader,
      `select distinct p.bank_code as bank
         from payment_history h join payment p on p.id = h.payment_id
        where h.from_state = 'unknown' and h.to_state = 'ready' order by 1`,
    );
    expect(again.map(({ bank }) => bank)).toEqual(['enquiries-only', 'paper-bulk', 'paper-single']);
  });

  async function reconciled(bank: string) {
    const today = officeDate(new Date());
    const { id } = await preparer.post('/api/v1/reconciliations', anything, {
      json: { bank, from: today, to: today },
      act: act(),
    });
    return until(
      () => preparer.get(`/api/v1/reconciliations/${id}`, anything),
      ({ state }) => state !== 'requested',
    );
  }
});
