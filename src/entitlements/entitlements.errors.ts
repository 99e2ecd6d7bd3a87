import { DomainError, type Bilingual } from '../kernel/index.js';
import { HEADER_WITHIN_ROWS } from './list.header.js';

/** Refusals of this module, with what to do next. */
export const entitlementsErrors = {
  importNotFound: (importId: string) =>
    new DomainError(
      'not-found',
      'entitlements.import-not-found',
      {
        vi: 'Không có danh sách này. Hãy kiểm tra mã danh sách.',
        en: 'There is no such import. Please check its id.',
      },
      { importId },
    ),
  importNotChecked: (importId: string, state: string) =>
    new DomainError(
      'conflict',
      'entitlements.import-not-checked',
      {
        vi: 'Danh sách chưa kiểm tra xong hoặc đã được xử lý. Hãy xem trạng thái rồi thử lại.',
        en: 'The list is not checked yet, or has been dealt with. Please look at its state and try again.',
      },
      { importId, state },
    ),
  importBlocked: (importId: string, blocks: readonly Bilingual[]) =>
    new DomainError(
      'unprocessable',
      'entitlements.control-totals-differ',
      {
        vi: `Không áp dụng được vì tổng kiểm soát không khớp. ${blocks.map((b) => b.vi).join(' ')} Hãy sửa tệp hoặc gửi lại với tổng đúng.`,
        en: `Nothing can be applied because the control totals differ. ${blocks.map((b) => b.en).join(' ')} Please mend the file or send it again with the right totals.`,
      },
      { importId },
    ),
  rowsAreBad: (importId: string, badRows: number) =>
    new DomainError(
      'unprocessable',
      'entitlements.rows-are-bad',
      {
        vi: `Còn ${badRows} dòng lỗi nên không áp dụng dòng nào. Hãy sửa và gửi lại, hoặc chọn chỉ áp dụng các dòng đúng.`,
        en: `${badRows} rows are bad, so none is applied. Please mend them and send the list again, or choose to apply the good rows.`,
      },
      { importId, badRows },
    ),
  nothingToApply: (importId: string) =>
    new DomainError(
      'unprocessable',
      'entitlements.nothing-to-apply',
      {
        vi: 'Danh sách không có dòng nào áp dụng được. Hãy tải bản đã đánh dấu lỗi, sửa rồi gửi lại.',
        en: 'The list has no row that can be applied. Please download the marked copy, mend it and send it again.',
      },
      { importId },
    ),
  appliedMeanwhile: (importId: string, rowCount: number) =>
    new DomainError(
      'conflict',
      'entitlements.applied-meanwhile',
      {
        vi: `${rowCount} dòng vừa được một danh sách khác áp dụng nên không áp dụng dòng nào. Hãy bỏ các dòng trùng, hoặc chọn chỉ áp dụng các dòng đúng.`,
        en: `Another list has just applied ${rowCount} of the rows, so none is applied. Please remove them, or choose to apply the good rows.`,
      },
      { importId, rows: rowCount },
    ),
  namesDifferMeanwhile: (importId: string, rowCount: number) =>
    new DomainError(
      'conflict',
      'entitlements.names-differ-meanwhile',
      {
        vi: `${rowCount} dòng có số định danh vừa được đăng ký với họ tên khác nên không áp dụng dòng nào. Hãy đối chiếu giấy tờ, hoặc chọn chỉ áp dụng các dòng đúng để xem từng dòng.`,
        en: `The personal numbers of ${rowCount} rows have just been registered under other names, so none is applied. Please compare with the papers, or choose to apply the good rows and see which they are.`,
      },
      { importId, rows: rowCount },
    ),
  programmeUnknown: () =>
    new DomainError('unprocessable', 'entitlements.programme-unknown', {
      vi: 'Không có chế độ như đã khai. Hãy ghi mã hoặc tên chế độ đã cấu hình.',
      en: 'There is no programme as declared. Please give the code or name of a configured one.',
    }),
  periodUnreadable: () =>
    new DomainError('unprocessable', 'entitlements.period-unreadable', {
      vi: 'Kỳ khai không đọc được. Hãy viết mm/yyyy, yyyy hoặc yyyy-Dn.',
      en: 'The declared period cannot be read. Please write mm/yyyy, yyyy or yyyy-Dn.',
    }),
  declarationUnreadable: (field: string) =>
    new DomainError(
      'invalid',
      'entitlements.declaration-unreadable',
      {
        vi: `Trường "${field}" gửi cùng tệp không đúng dạng. Hãy xem tài liệu API rồi gửi lại.`,
        en: `The field "${field}" sent with the list is not in its form. Please see the API document and send it again.`,
      },
      { field },
    ),
  fileMissing: () =>
    new DomainError('invalid', 'entitlements.file-missing', {
      vi: 'Chưa có tệp nào được gửi. Hãy chọn tệp danh sách trong trường "file".',
      en: 'No file was sent. Please put the list into the field "file".',
    }),
  headerNotFound: (details: {
    sheets: readonly string[];
    row: number | null;
    missing: readonly string[];
    twice: readonly { heading: string; columns: readonly string[] }[];
  }) =>
    new DomainError('unprocessable', 'entitlements.header-not-found', headerText(details), details),
  tooManyRows: (limit: number) =>
    new DomainError(
      'too-large',
      'entitlements.too-many-rows',
      {
        vi: `Danh sách dài hơn ${limit} dòng. Hãy chia thành nhiều tệp rồi gửi lại.`,
        en: `The list is longer than ${limit} rows. Please split it into several files.`,
      },
      { limit },
    ),
  checkFailed: (importId: string) =>
    new DomainError(
      'unprocessable',
      'entitlements.check-failed',
      {
        vi: 'Không kiểm tra được danh sách này. Hãy lưu lại tệp bằng Excel rồi gửi lại, hoặc báo quản trị viên kèm mã danh sách.',
        en: 'This list could not be checked. Please save it again with Excel and send it, or tell an administrator its id.',
      },
      { importId },
    ),
  noRows: () =>
    new DomainError('unprocessable', 'entitlements.no-rows', {
      vi: 'Danh sách không có dòng nào dưới tiêu đề. Hãy kiểm tra rồi gửi lại.',
      en: 'The list has no row below its headings. Please check it and send it again.',
    }),
  noMarkedCopy: (format: string) =>
    new DomainError(
      'not-found',
      'entitlements.no-marked-copy',
      {
        vi: 'Danh sách gửi bằng JSON không có bản đánh dấu. Hãy đọc các lỗi qua API.',
        en: 'A list sent as JSON has no marked copy. Please read its errors through the API.',
      },
      { format },
    ),
  noSuchRow: (importId: string, row: number) =>
    new DomainError(
      'not-found',
      'entitlements.no-such-row',
      {
        vi: `Danh sách không có dòng ${row}. Hãy mở lại danh sách.`,
        en: `The list has no row ${row}. Please open the list again.`,
      },
      { importId, row },
    ),
  noSuchColumn: (importId: string, heading: string) =>
    new DomainError(
      'unprocessable',
      'entitlements.no-such-column',
      {
        vi: `Danh sách không có cột "${heading}" nên không sửa ô được. Hãy thêm cột vào tệp rồi gửi lại.`,
        en: `The list has no column "${heading}", so there is no cell to mend. Please add the column to the file and send it again.`,
      },
      { importId },
    ),
  cellChangedMeanwhile: (importId: string, row: number) =>
    new DomainError(
      'conflict',
      'entitlements.cell-changed-meanwhile',
      {
        vi: `Ô này của dòng ${row} vừa được người khác sửa. Hãy xem giá trị mới rồi sửa lại nếu cần.`,
        en: `Somebody else has just mended this cell of row ${row}. Please look at its new value and mend it again if needed.`,
      },
      { importId, row },
    ),
  columnsNotChosen: (importId: string) =>
    new DomainError(
      'unprocessable',
      'entitlements.columns-not-chosen',
      {
        vi: 'Các cột vẫn được hiểu như trước nên không có gì để kiểm tra lại. Hãy chọn nội dung cho ít nhất một cột.',
        en: 'The columns are read as before, so there is nothing to check again. Please choose what at least one column holds.',
      },
      { importId },
    ),
  entitlementNotFound: (entitlementId: string) =>
    new DomainError(
      'not-found',
      'entitlements.not-found',
      {
        vi: 'Không có khoản được hưởng này. Hãy kiểm tra mã.',
        en: 'There is no such entitlement. Please check its id.',
      },
      { entitlementId },
    ),
  notOpen: (entitlementId: string, state: string) =>
    new DomainError(
      'conflict',
      'entitlements.not-open',
      {
        vi: 'Khoản này đang trong đợt chi hoặc đã kết thúc nên không dừng được. Hãy bỏ nó khỏi đợt chi trước.',
        en: 'The entitlement is in a batch, paid or ended and cannot be ended. Please take it out of its batch first.',
      },
      { entitlementId, state },
    ),
};

function headerText(found: Parameters<typeof entitlementsErrors.headerNotFound>[0]): Bilingual {
  if (found.twice.length > 0) {
    const names = found.twice
      .map(({ heading, columns }) => `"${heading}" (${columns.join(', ')})`)
      .join('; ');
    return {
      vi: `Có hai cột cùng nghĩa: ${names}. Hãy đổi tên hoặc bỏ một cột rồi gửi lại.`,
      en: `Two columns mean the same: ${names}. Please rename or remove one and send the list again.`,
    };
  }
  const missing = found.missing.map((heading) => `"${heading}"`).join(', ');
  return {
    vi: `Trong ${HEADER_WITHIN_ROWS} dòng đầu không thấy đủ tiêu đề cột, thiếu: ${missing}. Hãy thêm cột, hoặc chỉ ra cột tương ứng rồi gửi lại.`,
    en: `Headings are missing in the first ${HEADER_WITHIN_ROWS} rows: ${missing}. Please add the columns or map yours to them, and send the list again.`,
  };
}
