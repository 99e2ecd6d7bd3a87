import { anOffice } from '../../../test/builders/officers.js';
import {
  debitOf,
  reconciliationDesk,
  statementOf,
} from '../../../test/builders/reconciliation-desk.js';
import { sentPayments, type Sent } from '../../../test/builders/sent-payments.js';
import {
  consoleUnderTest,
  wordsOf,
  type ConsoleUnderTest,
  type Visitor,
} from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { ManualClock, newId } from '../../kernel/index.js';
import { rows } from '../../platform/database/index.js';

const AT = new Date('2026-11-20T03:00:00Z');

describe('the pages of payments', () => {
  let db: TestDatabase;
  let office: ConsoleUnderTest;
  let preparer: Visitor;
  let monitor: Visitor;
  let signers: Awaited<ReturnType<typeof anOffice>>;

  beforeAll(async () => {
    db = await testDatabase();
    office = await consoleUnderTest(db);
    signers = await db.database.transaction((tx) => anOffice(tx));
    preparer = await office.visitor(['preparer']);
    monitor = await office.visitor(['monitor']);
  });
  afterAll(async () => {
    await office.close();
    await db.close();
  });

  const sent = async (count: number, odd: Sent = {}) =>
    db.database.transaction((tx) => sentPayments(tx, signers, count, odd));
  const one = async (odd: Sent = {}) => {
    const [payment] = await sent(1, odd);
    if (!payment) throw new Error('no payment');
    return payment;
  };
  const pageOf = (who: Visitor, { paymentId }: { paymentId: string }) =>
    who.page(`/payments/${paymentId}`);

  it('say what to do while there is none, and that there is no such payment', async () => {
    expect(wordsOf(await monitor.page('/payments'))).toContain('Chưa có khoản chi nào');
    await monitor.page(`/payments/${newId()}`, 404);
  });

  it('are filtered by the address, page by page, and counted where that is cheap', async () => {
    const refused = await sent(51, { state: 'rejected', reasonCode: 'AC01' });
    await sent(2, { state: 'accepted' });
    const all = wordsOf(await monitor.page('/payments'));
    expect(all).toContain('Danh sách dài');
    const html = await monitor.page('/payments?state=rejected&state=returned');
    expect(wordsOf(html)).toContain('51 khoản, 142.239.000 đ');
    expect(html.match(/href="\/payments\/[0-9a-f-]{36}"/g)).toHaveLength(50);
    const [, next = ''] = /rel="next" href="([^"]+)"/.exec(html) ?? [];
    const second = await monitor.page(next.replaceAll('&amp;', '&'));
    expect(second.match(/href="\/payments\/[0-9a-f-]{36}"/g)).toHaveLength(1);
    const run = refused[0]?.runId ?? '';
    expect(wordsOf(await monitor.page(`/payments?run=${run}`))).toContain('Chỉ đợt chi');
    expect(wordsOf(await monitor.page('/payments?reason=AC04'))).toContain(
      'Không có khoản chi nào khớp',
    );
    expect(wordsOf(await monitor.page('/payments?state=nonsense&run=x&month=y'))).toContain(
      'Danh sách dài',
    );
  });

  it('leave the house as a file of the whole filter, which counts and adds itself up and is traced', async () => {
    const { text } = await monitor.agent
      .get('/payments.csv?state=rejected&reason=AC01')
      .expect(200);
    expect(text).toContain('Ngân hàng từ chối');
    expect(text).toContain('142239000');
    const workbook = await monitor.agent.get('/payments.xlsx?state=accepted').expect(200);
    expect(workbook.headers['content-disposition']).toContain('payments-');
    const [trace] = await rows<{ who: string }>(
      db.database.reader,
      `select actor_name as who from audit_entry where action = 'list.exported' limit 1`,
    );
    expect(trace?.who).toBe(monitor.login);
  });

  it('tell why a payment failed and what to do, in words; the code stands behind a disclosure only', async () => {
    const payment = await one({ state: 'rejected', reasonCode: 'AC01' });
    const html = await pageOf(preparer, payment);
    const [shown = '', hidden = ''] = html.split('<details');
    expect(wordsOf(shown)).toContain('Ngân hàng từ chối, tiền chưa đi');
    expect(wordsOf(shown)).toContain('Việc cần làm');
    expect(wordsOf(shown)).not.toContain('AC01');
    expect(hidden).toBeDefined();
    expect(shown).toContain(`/mending/payments/${payment.paymentId}`);
    expect(await pageOf(monitor, payment)).not.toContain('/mending/payments/');
  });

  it('say of a doubt how old it is and that nothing is sent again', async () => {
    const payment = await one({ state: 'unknown', since: new Date('2026-11-01T00:00:00Z') });
    const words = wordsOf(await pageOf(monitor, payment));
    expect(words).toContain('Chưa rõ kết quả');
    expect(words).toContain('gửi lại có thể trả hai lần');
  });

  it('show the statement line that proves it, and say when there is none yet', async () => {
    const payment = await one({ state: 'settled' });
    expect(wordsOf(await pageOf(monitor, payment))).toContain('sao kê chưa về để chứng minh');
    const desk = reconciliationDesk(db.database, new ManualClock(new Date('2026-11-21T03:00:00Z')));
    desk.says.pages = [statementOf([debitOf(payment, { entryId: 'BT-77' })])];
    await desk.fetching.fetch({ bank: 'sandbox', from: '2026-11-20', to: '2026-11-20' });
    await desk.matching.match('sandbox');
    const words = wordsOf(await pageOf(monitor, payment));
    expect(words).toContain('Sao kê của ngân hàng đã chứng minh');
    expect(words).toContain('BT-77');
    expect(words).toContain('Khớp khoản chi này, cả số tiền');
  });

  it('have one timeline of people, system and bank', async () => {
    const payment = await one();
    const { outcomes } = reconciliationDesk(db.database, new ManualClock(AT));
    await db.database.transaction((tx) =>
      outcomes.record(tx, {
        bankCode: 'sandbox',
        items: [
          {
            reference: payment.reference,
            fact: { kind: 'rejected', reason: { code: 'AC01', text: 'beneficiary unknown here' } },
          },
        ],
        cause: 'notice',
        sourceId: null,
        at: AT,
      }),
    );
    const html = await pageOf(monitor, payment);
    const [shown = '', hidden = ''] = html.split('<details');
    expect(wordsOf(shown)).toContain('Ngân hàng từ chối – thông báo của ngân hàng');
    expect(wordsOf(shown)).toContain('Ngân hàng thử nghiệm (lô)');
    expect(wordsOf(hidden)).toContain('beneficiary unknown here');
    expect(wordsOf(shown)).not.toContain('AC01');
  });
});
