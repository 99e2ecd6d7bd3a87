import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { Names, stateText, type NamesOf } from '../console/index.js';
import { SYSTEM } from '../identity/index.js';
import {
  Clock,
  formatPeriod,
  InvalidValueError,
  lastDayOf,
  Money,
  parsePeriod,
  type Period,
} from '../kernel/index.js';
import { PaymentList, type ListedPayment } from '../payments/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import {
  EXPORT_FORMATS,
  type ExportColumn,
  type ExportFormat,
} from '../platform/spreadsheet/index.js';
import { PaymentProofs, TakeExport, type PaymentProof } from '../reports/index.js';
import { badOption, conclude, say, withApplication, type Get } from './run-command.js';

const PAGE = 1_000;

type Row = ListedPayment & { readonly proof: PaymentProof | undefined };

/** What went into the file. */
interface Written {
  readonly file: string;
  readonly payments: number;
  readonly total: string;
  readonly proven: number;
}

export function registerExportCommand(program: Command): void {
  program
    .command('export-month')
    .description(
      'write the payments of a period with their proof into a folder; holds personal data, and is audited',
    )
    .requiredOption('--period <yyyy-mm>', 'the period that the payments are for')
    .requiredOption('--into <folder>', 'made when it is not there')
    .option('--format <formats>', `with commas between: ${EXPORT_FORMATS.join(', ')}`, 'xlsx')
    .action(exportMonth);
}

async function exportMonth(given: { period: string; into: string; format: string }): Promise<void> {
  await withApplication(async (get) => {
    const period = periodOf(given.period);
    const formats = formatsOf(given.format);
    await mkdir(given.into, { recursive: true, mode: 0o700 });
    const files: Written[] = [];
    for (const format of formats) {
      const written = await writeMonth(get, { period, format, into: given.into });
      const sum = Money.of(written.total).format('vi');
      say(
        `${written.file}: ${written.payments} khoản / payments, ${sum}, ` +
          `${written.proven} có sao kê chứng minh / proven by a statement`,
      );
      files.push(written);
    }
    conclude({ ok: true, period, files });
  });
}

function periodOf(text: string): Period {
  try {
    return parsePeriod(text);
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    throw badOption('--period', { vi: 'là tháng, ví dụ 2026-11', en: 'is a month, 2026-11 say' });
  }
}

function formatsOf(text: string): ExportFormat[] {
  const asked = text.split(',').map((one) => one.trim());
  const known = EXPORT_FORMATS.filter((format) => asked.includes(format));
  if (known.length !== asked.length) {
    throw badOption('--format', {
      vi: 'là xlsx, csv hoặc xlsx,csv',
      en: 'is xlsx, csv or xlsx,csv',
    });
  }
  return known;
}

/** All rows as they stood at one moment; a file of that name is there whole or not at all. */
async function writeMonth(
  get: Get,
  { period, format, into }: { period: Period; format: ExportFormat; into: string },
): Promise<Written> {
  const database = get(Database);
  let moment: Tx = database.reader;
  const seen = { payments: 0, total: Money.zero(), proven: 0 };
  async function* counted(): AsyncGenerator<Row, void> {
    for await (const row of rowsOf(get, moment, period)) {
      seen.payments += 1;
      seen.total = seen.total.plus(Money.of(row.amount));
      if (row.proof?.entryId) seen.proven += 1;
      yield row;
    }
  }
  const taken = await get(TakeExport).take(
    { actor: SYSTEM, list: 'payments', format, filter: { period } },
    {
      language: 'vi',
      title: `Khoản chi và chứng từ, kỳ ${formatPeriod(period)}`,
      filters: [{ label: 'Kỳ', value: formatPeriod(period) }],
      columns: columnsOf(get(Names).at(get(Clock).now())),
      rows: counted(),
    },
  );
  const file = join(into, taken.fileName.replace('payments-', `payments-${period}-at-`));
  const part = `${file}.part`;
  try {
    await database.atOneMoment(async (tx) => {
      moment = tx;
      await pipeline(Readable.from(taken.content), createWriteStream(part, { mode: 0o600 }));
    });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return { file, ...seen, total: seen.total.toString() };
}

async function* rowsOf(get: Get, tx: Tx, period: Period): AsyncGenerator<Row, void> {
  let before: string | null = null;
  for (;;) {
    const page: ListedPayment[] = await get(PaymentList).list(tx, { period, before, limit: PAGE });
    const proofs = await get(PaymentProofs).of(
      tx,
      page.map(({ id }) => id),
    );
    for (const payment of page) yield { ...payment, proof: proofs.get(payment.id) };
    if (page.length < PAGE) return;
    before = page.at(-1)?.id ?? null;
  }
}

function columnsOf(names: NamesOf): ExportColumn<Row>[] {
  const text = (heading: string, value: (row: Row) => string | null | undefined) => ({
    heading,
    kind: 'text' as const,
    value,
  });
  const moment = (heading: string, value: (proof: PaymentProof) => Date | null) => ({
    heading,
    kind: 'moment' as const,
    value: ({ proof }: Row) => proof && value(proof),
  });
  return [
    text('Họ và tên', (row) => row.payeeName),
    text('Xã, phường', (row) => names.commune(row.communeCode, lastDayOf(row.period))),
    text('Tên tài khoản', (row) => row.accountName),
    text('Số tài khoản', (row) => row.accountNumber),
    text('Ngân hàng', (row) => names.bank(row.bankBin)),
    { heading: 'Số tiền', kind: 'money', value: (row) => row.amount },
    text('Tình trạng', (row) => stateText('payment', row.state).vi),
    text('Nguyên nhân', (row) =>
      row.reasonCode === null ? null : names.reason(row.reasonCode).vi,
    ),
    text('Chế độ', (row) => names.programme(row.programme).vi),
    text('Đợt chi', (row) => row.batchNumber),
    text('Chi qua', (row) => names.ourBank(row.bankCode)),
    text('Mã tham chiếu', (row) => row.proof?.reference),
    text('Mã của ngân hàng', (row) => row.proof?.bankReference),
    moment('Gửi lúc', (proof) => proof.firstSentAt),
    moment('Ngân hàng báo xong lúc', (proof) => proof.settledAt),
    text('Bút toán sao kê', (row) => row.proof?.entryId),
    moment('Hạch toán lúc', (proof) => proof.bookedAt),
    moment('Đối chiếu lúc', (proof) => proof.reconciledAt),
  ];
}
