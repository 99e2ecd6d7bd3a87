import { DomainError } from '../../kernel/index.js';

/** Why a file could not be read as a table at all. Each says how to save it so that it can. */
export const spreadsheetErrors = {
  empty: () =>
    new DomainError('unprocessable', 'spreadsheet.empty', {
      vi: 'Tệp không có nội dung. Hãy kiểm tra và gửi lại tệp danh sách.',
      en: 'The file is empty. Please check it and send the list again.',
    }),
  oldFormat: () =>
    new DomainError('unsupported', 'spreadsheet.old-or-encrypted', {
      vi: 'Tệp là .xls đời cũ hoặc có mật khẩu nên không đọc được. Hãy bỏ mật khẩu và lưu lại dạng .xlsx rồi gửi lại.',
      en: 'The file is an old .xls or is protected by a password. Please remove the password, save it as .xlsx and send it again.',
    }),
  notAWorkbook: (why: string) =>
    new DomainError(
      'unprocessable',
      'spreadsheet.damaged',
      {
        vi: 'Tệp .xlsx bị hỏng hoặc không phải là sổ tính. Hãy mở bằng Excel, lưu lại rồi gửi lại.',
        en: 'The .xlsx file is damaged or is not a workbook. Please open it in Excel, save it and send it again.',
      },
      { why },
    ),
  tooLargeUnpacked: (limitBytes: number) =>
    new DomainError(
      'too-large',
      'spreadsheet.too-large-unpacked',
      {
        vi: 'Tệp bung ra quá lớn so với một danh sách. Hãy xóa các trang và định dạng thừa hoặc chia nhỏ danh sách rồi gửi lại.',
        en: 'The file unpacks to far more than a list needs. Please remove unused sheets and formats, or split the list, and send it again.',
      },
      { limitBytes },
    ),
  tooManyRows: (limit: number) =>
    new DomainError(
      'too-large',
      'spreadsheet.too-many-rows',
      {
        vi: `Danh sách dài hơn ${limit} dòng. Hãy chia thành nhiều tệp rồi gửi lại.`,
        en: `The list is longer than ${limit} rows. Please split it into several files and send them.`,
      },
      { limit },
    ),
  doctype: () =>
    new DomainError('unprocessable', 'spreadsheet.doctype', {
      vi: 'Tệp chứa khai báo DOCTYPE, sổ tính thật không có. Hãy mở bằng Excel, lưu lại rồi gửi lại.',
      en: 'The file carries a DOCTYPE, which no real workbook has. Please open it in Excel, save it and send it again.',
    }),
  notUtf8: () =>
    new DomainError('unsupported', 'spreadsheet.not-utf8', {
      vi: 'Tệp không phải UTF-8 nên chữ tiếng Việt sẽ sai. Hãy lưu lại dạng "CSV UTF-8" hoặc .xlsx rồi gửi lại.',
      en: 'The file is not UTF-8, so Vietnamese letters would be wrong. Please save it as "CSV UTF-8" or .xlsx and send it again.',
    }),
  notATable: () =>
    new DomainError('unsupported', 'spreadsheet.not-a-table', {
      vi: 'Tệp không phải .xlsx, .csv hay JSON. Hãy lưu danh sách thành một trong các dạng đó rồi gửi lại.',
      en: 'The file is none of .xlsx, .csv and JSON. Please save the list as one of them and send it again.',
    }),
  brokenCsv: (line: number) =>
    new DomainError(
      'unprocessable',
      'spreadsheet.broken-csv',
      {
        vi: `Dòng ${line} của tệp CSV có dấu ngoặc kép không khớp hoặc quá dài. Hãy sửa dòng đó rồi gửi lại.`,
        en: `Line ${line} of the CSV file has a quotation mark without its pair, or is too long. Please mend that line and send it again.`,
      },
      { line },
    ),
  brokenJson: () =>
    new DomainError('unprocessable', 'spreadsheet.broken-json', {
      vi: 'Nội dung JSON phải là một mảng các dòng, hoặc {"rows": [...]}, mỗi dòng là một đối tượng phẳng. Hãy sửa rồi gửi lại.',
      en: 'The JSON must be an array of rows or {"rows": [...]}, each row a flat object. Please mend it and send it again.',
    }),
};
