import { AS_AMOUNT, AS_TEXT, error, warning, type RuleText } from './list.rule-text.js';

/** What may be wrong with what is owed, by which decision, and where it is paid to. */
export const MONEY_RULES = {
  'programme.unknown': error(
    ['Không có chế độ "{value}".', 'There is no programme "{value}".'],
    ['Ghi mã hoặc tên chế độ đã cấu hình.', 'Write the code or name of a configured programme.'],
  ),
  'programme.differs': error(
    [
      'Chế độ khác với chế độ khai khi gửi tệp.',
      'The programme is not the one declared with the list.',
    ],
    [
      'Sửa ô này, hoặc gửi lại mà không khai chế độ.',
      'Mend the cell, or send the list without declaring one.',
    ],
  ),
  'period.form': error(
    ['"{value}" không phải là kỳ chi trả.', '"{value}" is no period.'],
    ['Viết mm/yyyy, yyyy hoặc yyyy-D1 cho đợt.', 'Write mm/yyyy, yyyy, or yyyy-D1 for a round.'],
  ),
  'period.differs': error(
    ['Kỳ khác với kỳ khai khi gửi tệp.', 'The period is not the one declared with the list.'],
    [
      'Sửa ô này, hoặc gửi lại mà không khai kỳ.',
      'Mend the cell, or send the list without declaring one.',
    ],
  ),
  'period.not-a-month': error(
    [
      'Khoản thường xuyên hằng tháng cần kỳ là một tháng.',
      'A regular monthly allowance needs a month.',
    ],
    ['Viết mm/yyyy.', 'Write mm/yyyy.'],
  ),
  'period.unusual': warning(
    ['Kỳ không theo nhịp của chế độ này.', 'The period is not of this programme’s rhythm.'],
    ['Kiểm tra để không chi trùng.', 'Check that nothing is paid twice.'],
  ),
  'kind.unknown': error(
    ['Không có loại khoản "{value}".', 'There is no kind "{value}".'],
    ['Ghi thường xuyên, truy lĩnh hoặc một lần.', 'Write thường xuyên, truy lĩnh or một lần.'],
  ),
  'amount.digits': error(
    ['"{value}" không phải là số tiền.', '"{value}" is no amount.'],
    AS_AMOUNT,
  ),
  'amount.ambiguous': error(
    [
      '"{value}" có dấu phẩy: không rõ là hàng nghìn hay thập phân.',
      '"{value}" has a comma: thousands or decimals?',
    ],
    AS_AMOUNT,
  ),
  'amount.decimals': error(
    ['Số tiền có phần lẻ của đồng.', 'The amount has parts of a đồng.'],
    AS_AMOUNT,
  ),
  'amount.zero': error(['Số tiền bằng không.', 'The amount is zero.'], AS_AMOUNT),
  'amount.negative': error(
    ['Số tiền âm không chi trả được.', 'A negative amount cannot be paid.'],
    ['Khoản truy thu không nằm trong danh sách này.', 'A recovery does not belong in this list.'],
  ),
  'amount.too-large': error(['Số tiền quá lớn.', 'The amount is too large.'], AS_AMOUNT),
  'decision.future': error(
    ['Ngày quyết định ở tương lai.', 'The decision is dated in the future.'],
    ['Kiểm tra ngày trên quyết định.', 'Check the date on the decision.'],
  ),
  'account.form': error(
    [
      'Số tài khoản gồm 6 đến 19 chữ số hoặc chữ cái.',
      'An account number has 6 to 19 digits or letters.',
    ],
    ['Ghi đúng số tài khoản, không dấu.', 'Write the account number without marks.'],
  ),
  'account.lost-digits': error(
    [
      'Excel đã làm mất các chữ số cuối của số tài khoản.',
      'Excel has lost the last digits of the account number.',
    ],
    AS_TEXT,
  ),
  'account.number-cell': warning(
    [
      'Số tài khoản nằm trong ô kiểu số, có thể đã mất số 0 ở đầu.',
      'The account is in a number cell and may have lost zeros.',
    ],
    AS_TEXT,
  ),
  'account.name-missing': error(
    [
      'Có số tài khoản nhưng thiếu tên tài khoản.',
      'There is an account number without the account’s name.',
    ],
    ['Ghi tên chủ tài khoản.', 'Write the name of the account’s holder.'],
  ),
  'account.bank-missing': error(
    ['Có số tài khoản nhưng thiếu ngân hàng.', 'There is an account number without its bank.'],
    ['Ghi tên ngân hàng hoặc mã BIN.', 'Write the bank’s name or BIN.'],
  ),
  'account.number-missing': warning(
    [
      'Có ngân hàng hoặc tên tài khoản nhưng thiếu số tài khoản.',
      'There is a bank or an account name without an account number.',
    ],
    [
      'Điền số tài khoản; nếu chưa có thì người này chờ tài khoản.',
      'Fill in the number; without it the person waits for an account.',
    ],
  ),
  'account.name-differs': warning(
    ['Tên tài khoản khác tên người nhận.', 'The account’s name is not the payee’s.'],
    ['Đối chiếu; sai tên ngân hàng sẽ từ chối.', 'Compare them: a bank rejects a wrong name.'],
  ),
  'account.differs-from-mended': warning(
    [
      'Tài khoản này khác tài khoản mà cán bộ đã sửa trong hồ sơ; tài khoản trong hồ sơ được giữ.',
      'The account is not the one an officer entered in the payee’s file, which stays.',
    ],
    [
      'Nếu tài khoản trong danh sách mới đúng, sửa tài khoản trong hồ sơ người hưởng.',
      'If the list’s account is the right one, mend the account in the payee’s file.',
    ],
  ),
  'account.differs-in-file': error(
    [
      'Người này ở dòng {otherRow} có tài khoản khác.',
      'This person has another account in row {otherRow}.',
    ],
    ['Giữ một tài khoản cho mỗi người.', 'Keep one account for each person.'],
  ),
  'account.shared-in-file': warning(
    [
      'Tài khoản này cũng là của người khác ở dòng {otherRow}.',
      'Somebody else has this account too, in row {otherRow}.',
    ],
    ['Kiểm tra xem có nhầm dòng không.', 'Check that no line slipped.'],
  ),
  'bank.unknown': error(
    ['Không có ngân hàng "{value}".', 'There is no bank "{value}".'],
    ['Ghi mã BIN, tên ngắn hoặc tên đầy đủ.', 'Write the BIN, the short name or the full name.'],
  ),
  'recipient.incomplete': error(
    [
      'Người nhận thay cần đủ họ tên, số định danh và hạn ủy quyền.',
      'A recipient needs a name, a personal number and a date.',
    ],
    ['Điền ô này hoặc bỏ trống cả ba ô.', 'Fill in this cell, or leave all three empty.'],
  ),
  'recipient.expired': error(
    ['Giấy ủy quyền đã hết hạn.', 'The authorisation has run out.'],
    [
      'Xin giấy ủy quyền mới hoặc bỏ người nhận thay.',
      'Ask for a new paper, or remove the recipient.',
    ],
  ),
  'fund.unknown': error(
    ['Không có nguồn kinh phí "{value}".', 'There is no fund "{value}".'],
    ['Ghi mã hoặc tên nguồn đã cấu hình.', 'Write the code or name of a configured fund.'],
  ),
  'duplicate.in-file': error(
    [
      'Trùng với dòng {otherRow}: cùng người, chế độ, kỳ và loại khoản.',
      'The same as row {otherRow}: person, programme, period and kind.',
    ],
    ['Giữ một dòng, xóa dòng kia.', 'Keep one of them and delete the other.'],
  ),
  'duplicate.amount-differs': warning(
    [
      'Dòng {otherRow} của cùng người, chế độ, kỳ và loại khoản ghi số tiền khác; dòng đó bị từ chối.',
      'Row {otherRow}, of the same person, programme, period and kind, has another amount and is refused.',
    ],
    ['Đối chiếu quyết định xem số tiền nào đúng.', 'See in the decision which amount is right.'],
  ),
  'duplicate.applied': error(
    [
      'Đã có ở dòng {otherRow} của tệp "{otherFile}" nhận ngày {otherDate}.',
      'Already in row {otherRow} of "{otherFile}", received on {otherDate}.',
    ],
    [
      'Bỏ dòng này; nếu số tiền thay đổi, dừng khoản cũ trước.',
      'Remove this row; if the amount changes, end the earlier entitlement first.',
    ],
  ),
} as const satisfies Record<string, RuleText>;
