import type { Order } from '../sandbox-wire.js';
import type { Rows } from './list-sheet.js';

/*
 * The portal's form: a header with these headings, in any order and with lines above it, and a row for each payment.
 * It matches config/banks/examples/sandbox-portal.yaml.
 */

export const HEADINGS = {
  reference: 'Mã tham chiếu',
  account: 'Số tài khoản',
  name: 'Tên người hưởng',
  bin: 'Mã ngân hàng',
  amount: 'Số tiền',
  narrative: 'Nội dung',
} as const;

type Column = keyof typeof HEADINGS;

export interface PortalRow {
  /** From 1, of the payments. */
  readonly number: number;
  readonly order: Order;
  /** The portal's words when it does not take the row. */
  readonly refusedFor?: string;
}

/** The list is not of the form; nothing of it is taken. */
export class ListRefused extends Error {}

/** @throws ListRefused */
export function readPortalList(rows: Rows): PortalRow[] {
  const at = rows.findIndex((row) => row.some((text) => text.trim() === HEADINGS.reference));
  const header = rows[at];
  if (!header) throw new ListRefused(`không có cột "${HEADINGS.reference}"`);
  const columns = Object.entries(HEADINGS).map(([column, heading]) => {
    const place = header.findIndex((text) => text.trim() === heading);
    if (place < 0) throw new ListRefused(`không có cột "${heading}"`);
    return [column, place] as const;
  });
  const filled = rows.slice(at + 1).filter((row) => row.some((text) => text.trim() !== ''));
  const seen = new Set<string>();
  return filled.map((row, index) => {
    const cells = Object.fromEntries(
      columns.map(([column, place]) => [column, (row[place] ?? '').trim()]),
    ) as Record<Column, string>;
    const faults =
      faultOf(cells) ?? (seen.has(cells.reference) ? 'Trùng mã tham chiếu' : undefined);
    seen.add(cells.reference);
    return { number: index + 1, order: orderOf(cells), refusedFor: faults };
  });
}

function faultOf(cells: Readonly<Record<Column, string>>): string | undefined {
  if (!/^[\x21-\x7e]{1,35}$/.test(cells.reference)) return 'Sai mã tham chiếu';
  if (!/^[0-9A-Za-z]{6,19}$/.test(cells.account)) return 'Sai số tài khoản';
  if (!/^\d{6}$/.test(cells.bin)) return 'Sai mã ngân hàng';
  if (!/^[1-9]\d{0,14}$/.test(cells.amount)) return 'Sai số tiền';
  return undefined;
}

function orderOf(cells: Readonly<Record<Column, string>>): Order {
  const { reference, amount, narrative } = cells;
  const creditor = { bankBin: cells.bin, accountNumber: cells.account, accountName: cells.name };
  return { reference, amount, currency: 'VND', creditor, narrative };
}
