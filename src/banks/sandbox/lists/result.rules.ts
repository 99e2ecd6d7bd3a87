import { createHash } from 'node:crypto';
import { moodOf } from '../moods.js';
import type { ResultRow } from './lists.store.js';
import type { Rows } from './list-sheet.js';

/** How the portal gives its result back. */
export interface ResultWay {
  readonly order: 'as-sent' | 'reversed' | 'shuffled';
  /** So many rows are left out, and so many stand twice. */
  readonly drop: number;
  readonly double: number;
  /** `blank`: rows are known by account and amount only. */
  readonly references: 'kept' | 'blank';
}

const HEADER = [
  ...['STT', 'Mã tham chiếu', 'Số tài khoản', 'Tên người hưởng', 'Số tiền'],
  ...['Trạng thái', 'Lý do', 'Số bút toán', 'Thời gian'],
];

/** The portal's words for its states; what is not here it calls by a word of its own. */
const WORDS: Readonly<Record<string, string>> = {
  ACSP: 'Đang xử lý',
  ACCC: 'Thành công',
  RTRN: 'Thành công',
  RJCT: 'Thất bại',
  BLCK: 'Thất bại',
};
const OTHER_WORD = 'Tạm treo';

const REASONS: Readonly<Record<string, string>> = {
  AC01: 'Tài khoản không tồn tại',
  AC03: 'Sai số tài khoản',
  AC04: 'Tài khoản đã đóng',
  AC06: 'Tài khoản bị phong tỏa',
  AC14: 'Loại tài khoản không nhận được',
  AG01: 'Giao dịch không được phép',
  AM02: 'Vượt hạn mức giao dịch',
  AM04: 'Tài khoản nguồn không đủ số dư',
  AM05: 'Giao dịch trùng',
  AM14: 'Vượt hạn mức thỏa thuận',
  AB05: 'Quá thời gian xử lý',
  AB06: 'Quá thời gian xử lý',
  BE01: 'Tên không khớp chủ tài khoản',
  ED05: 'Quyết toán thất bại',
  MD07: 'Chủ tài khoản đã chết',
  RC01: 'Sai mã ngân hàng',
  RC04: 'Sai mã ngân hàng thụ hưởng',
  RR04: 'Giấy tờ hết hạn hoặc chưa xác thực sinh trắc học',
};

/** The result list. Nothing in it is drawn: what is shuffled, dropped or doubled follows from the references. */
export function resultRows(rows: readonly ResultRow[], way: ResultWay): Rows {
  const mixed = [...rows].sort((a, b) => (mark(a) < mark(b) ? -1 : 1));
  const dropped = new Set(mixed.slice(0, way.drop));
  const doubled = new Set(mixed.slice(way.drop, way.drop + way.double));
  const ordered = { 'as-sent': rows, reversed: [...rows].reverse(), shuffled: mixed }[way.order];
  const given = ordered
    .filter((row) => !dropped.has(row))
    .flatMap((row) => (doubled.has(row) ? [row, row] : [row]));
  return [HEADER, ...given.map((row, at) => cellsOf(row, at + 1, way))];
}

function cellsOf(row: ResultRow, number: number, way: ResultWay): string[] {
  const said = saidOf(row);
  return [
    String(number),
    way.references === 'kept' ? row.reference : '',
    row.accountNumber,
    row.accountName,
    row.amount.replace(/\B(?=(\d{3})+$)/g, '.'),
    said.word,
    said.reason,
    row.bankReference ?? '',
    row.changedAt === null ? '' : timeOf(row.changedAt),
  ];
}

/** Some accounts are answered with something else than the truth, as online. */
function saidOf(row: ResultRow): { word: string; reason: string } {
  if (row.refusedFor !== null) return { word: 'Thất bại', reason: row.refusedFor };
  const told = moodOf(row.accountNumber)?.firstAnswer;
  const status = told?.status ?? row.status ?? '';
  const code = told ? told.reasonCode : row.reasonCode;
  const refuses = WORDS[status] === 'Thất bại';
  return { word: WORDS[status] ?? OTHER_WORD, reason: refuses ? (REASONS[code ?? ''] ?? '') : '' };
}

function timeOf(at: Date): string {
  const [year, month, day, time] = new Date(at.getTime() + 7 * 3600 * 1000)
    .toISOString()
    .slice(0, 19)
    .split(/[-T]/);
  return `${day}/${month}/${year} ${time}`;
}

function mark(row: ResultRow): string {
  return createHash('sha256').update(`${row.reference} ${row.number}`).digest('hex');
}
