const ROWS_A_LIST = 50_000;
/** So little that two signatures do, whatever the count: config/approval.yaml. */
/** So small that two signatures are enough for a million of them (`config/approval.yaml`). */
const AMOUNT = '9000';
export const PERIOD = '2026-11';
const HEAD =
  'STT;Họ và tên;Số định danh;Mã xã/phường;Chế độ;Kỳ;Số tiền;Số quyết định;Ngày quyết định;Số tài khoản;Tên tài khoản;Ngân hàng';
const GIVEN = 'An Ba Chi Dung Giang Hoa Khanh Lan Mai Nga';
const COMMUNES = ['05977', '05983', '06001', '06004'];

/** Of an account for which the sandbox bank has no mood. */
const ORDINARY = '000001';

/**
 * So many people who do not exist, each with an account of their own, as lists that an office would send.
 * @param ending of the accounts: the sandbox bank's mood.
 */
export function* listsOf(people: number, ending = ORDINARY): Generator<Blob, void> {
  for (let from = 0; from < people; from += ROWS_A_LIST) {
    const rows = [HEAD];
    for (let nr = from; nr < Math.min(people, from + ROWS_A_LIST); nr += 1)
      rows.push(rowOf(nr, ending));
    yield new Blob([`${rows.join('\n')}\n`]);
  }
}

function rowOf(nr: number, ending: string): string {
  const given = GIVEN.split(' ');
  const name = `Người Thử ${given[nr % 10] ?? ''} ${given[Math.floor(nr / 10) % 10] ?? ''}`;
  return [
    nr + 1,
    name,
    `0200${String(nr).padStart(8, '0')}`,
    COMMUNES[nr % COMMUNES.length],
    'NCC_MONTHLY',
    '11/2026',
    AMOUNT,
    '12/QĐ-SNV',
    '15/01/2026',
    `${String(nr).padStart(7, '0')}${ending}`,
    name,
    '970405',
  ].join(';');
}
