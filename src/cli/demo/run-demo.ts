import { Money } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import { ReconciliationRead } from '../../reconciliation/index.js';
import { showFunds, verifyBooks } from '../verify-books.js';
import type { ApiClient } from './api-client.js';
import type { DemoAlert, DemoPayment, RunFigures } from './demo-answers.js';
import { peopleTable } from './demo-office.js';
import { DemoScreen } from './demo-screen.js';
import { DemoStory } from './demo-story.js';
import { startDemoSystem, type DemoSystem } from './demo-system.js';
import { readBankBooks, type RunInBankBooks } from './read-bank-books.js';

/**
 * The main job on the sample list: import → batch → sign → send to the sandbox bank → settle → reconcile → alerts.
 * With `once` it ends there and its last line is one JSON object; otherwise the system goes on running.
 */
export async function runDemo(options: { once: boolean }): Promise<void> {
  const screen = new DemoScreen();
  screen.step('khởi động / starting: PostgreSQL, ChiTra, sandbox bank');
  const system = await startDemoSystem();
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopping ??= system.stop());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      screen.say('\nđang dừng / stopping …');
      void stop().then(() => process.exit(130));
    });
  }
  try {
    const figures = await tellStory(system, screen);
    if (!options.once) {
      stayOpen(system, screen);
      return;
    }
    await stop();
    screen.say(JSON.stringify(figures));
  } catch (error) {
    await stop();
    throw error;
  }
}

async function tellStory(system: DemoSystem, screen: DemoScreen) {
  const story = new DemoStory(system, screen);
  const preparer = await story.signIn('lap.bang');
  const list = await story.importList(preparer);
  screen.detail(`${list.appliedRows} nhận / applied, ${list.badRows} từ chối / refused:`);
  screen.paragraph(
    (list.problemsByRule ?? [])
      .filter((problem) => problem.severity === 'error')
      .map((problem) => `${problem.rule} ${problem.count}`),
  );
  const batch = await story.proposeBatch(preparer);
  screen.step(`đợt chi / batch ${story.title(batch)}`);
  const budget = await story.allot('ke.toan.truong');
  screen.step(`giao kinh phí / allotted: ${budget.format('vi')}`);
  for (const signer of ['ke.toan.truong', 'chu.tai.khoan'] as const) {
    await story.sign(signer, batch.id);
    screen.step(`đã ký / signed: ${signer}`);
  }
  const run = await story.runToItsEnd(preparer, batch.id);
  screen.step('đối chiếu sao kê / reconciling with the bank’s statements');
  await story.reconcile(preparer, run);
  const alerts = await story.alerts(preparer);
  screen.step('kết quả / result');
  const failed = await failedPayments(story, preparer, run);
  const books = await readBankBooks(system.sandbox, await story.payments(preparer, ''), run.id);
  showResult(screen, { run, failed, alerts, books });
  const { reader } = system.booted.app.get(Database, { strict: false });
  const ledger = await verifyBooks(reader, (line) => screen.say(line));
  screen.say(
    `  sổ cái / ledger: ${ledger.entries} bút toán / entries, ${ledger.ok ? 'khớp / agrees' : 'KHÔNG KHỚP / DIFFERS'}`,
  );
  await showFunds(reader, (line) => screen.say(line));
  screen.say('');
  const reconciliation = system.booted.app.get(ReconciliationRead, { strict: false });
  return {
    imported: list.appliedRows,
    refusedRows: list.badRows,
    payments: run.payments,
    settled: countOf(run, 'settled'),
    settledAmount: amountOf(run, 'settled').toString(),
    rejected: countOf(run, 'rejected'),
    returned: countOf(run, 'returned'),
    returnedAmount: amountOf(run, 'returned').toString(),
    unknown: countOf(run, 'unknown'),
    reconciled: await reconciliation.reconciledCount(batch.id),
    alerts: alerts.length,
    bankCredits: books.credits,
    // What the bank credited and was not given back: in the beneficiaries' accounts now.
    bankCreditedAmount: books.credited.minus(books.returned).toString(),
    bankReturns: books.returns,
    bankReturnedAmount: books.returned.toString(),
    paidTwice: books.paidTwice,
    ledgerOk: ledger.ok,
    seconds: screen.seconds(),
  };
}

function failedPayments(
  story: DemoStory,
  preparer: ApiClient,
  run: RunFigures,
): Promise<DemoPayment[]> {
  return Promise.all(
    ['rejected', 'returned'].map((state) =>
      story.payments(preparer, `runId=${run.id}&state=${state}`),
    ),
  ).then((lists) => lists.flat());
}

function showResult(
  screen: DemoScreen,
  result: { run: RunFigures; failed: DemoPayment[]; alerts: DemoAlert[]; books: RunInBankBooks },
): void {
  const { run, failed, alerts, books } = result;
  const row = (title: string, count: number, amount: Money): string[] => [
    title,
    String(count),
    amount.format('vi'),
  ];
  const byReason = (state: string): string[][] => {
    const ofState = failed.filter((p) => p.state === state);
    const codes = [...new Set(ofState.map((p) => p.reason?.code ?? '?'))].sort();
    return codes.map((code) => {
      const these = ofState.filter((p) => (p.reason?.code ?? '?') === code);
      const text = these[0]?.reason?.text.vi ?? '';
      return row(
        `  ${code} ${text}`,
        these.length,
        Money.sum(these.map((p) => Money.of(p.amount))),
      );
    });
  };
  const state = (name: string, title: string): string[] =>
    row(title, countOf(run, name), amountOf(run, name));
  screen.table(
    ['', 'số khoản', 'số tiền'],
    [
      row('tổng / payments', run.payments, Money.of(run.total)),
      state('settled', 'đã vào tài khoản / settled'),
      state('rejected', 'bị từ chối / rejected'),
      ...byReason('rejected'),
      state('returned', 'bị trả lại / returned'),
      ...byReason('returned'),
      state('unknown', 'chưa rõ / unknown'),
      row('ngân hàng ghi có / bank credited', books.credits, books.credited),
    ],
  );
  screen.say('');
  screen.say(`  cảnh báo / alerts: ${alerts.length}`);
  for (const alert of alerts) screen.say(`  ! ${alert.title.vi}`);
  screen.say('');
}

function stayOpen(system: DemoSystem, screen: DemoScreen): void {
  screen.say(`ChiTra chạy tại / runs at ${system.url} (API: ${system.url}/api/docs)`);
  screen.say('người dùng mẫu / demo users (login, password, roles):');
  for (const line of peopleTable(system.office)) screen.say(line);
  screen.say(`ngân hàng thử / sandbox bank: ${system.sandbox.url}/sandbox/books`);
  screen.say('Ctrl-C để dừng / to stop');
}

function countOf(run: RunFigures, state: string): number {
  return run.figures.filter((f) => f.state === state).reduce((sum, f) => sum + f.count, 0);
}

function amountOf(run: RunFigures, state: string): Money {
  return Money.sum(run.figures.filter((f) => f.state === state).map((f) => Money.of(f.total)));
}
