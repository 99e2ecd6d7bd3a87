import { AS_DATE, AS_TEXT, AS_VALUE, error, warning, type RuleText } from './list.rule-text.js';

/** What may be wrong with a cell as such, and with who and where a person is. */
export const PERSON_RULES = {
  'cell.required': error(
    ['Thiếu "{heading}".', '"{heading}" is missing.'],
    ['Điền giá trị vào ô này.', 'Fill in this cell.'],
  ),
  'cell.formula': error(
    [
      'Ô chứa công thức nên không thể chi trả theo.',
      'The cell holds a formula, which cannot be paid by.',
    ],
    AS_VALUE,
  ),
  'cell.error': error(
    ['Ô báo lỗi "{value}".', 'The cell shows the error "{value}".'],
    ['Sửa lỗi rồi nhập giá trị.', 'Mend the error and enter the value.'],
  ),
  'cell.boolean': error(
    ['Ô chứa giá trị đúng/sai.', 'The cell holds a true/false value.'],
    ['Nhập giá trị đúng của cột.', 'Enter what the column asks for.'],
  ),
  'text.length': error(
    ['Nội dung dài quá 140 ký tự.', 'The text is longer than 140 characters.'],
    ['Rút ngắn nội dung.', 'Shorten the text.'],
  ),
  'note.formula': warning(
    ['Ghi chú là công thức nên không được lưu.', 'The note is a formula and is not kept.'],
    AS_VALUE,
  ),
  'row.ragged': error(
    ['Dòng có nhiều ô hơn dòng tiêu đề.', 'The row has more cells than the header.'],
    [
      'Kiểm tra dấu phân cách; đặt nội dung có dấu phân cách trong ngoặc kép.',
      'Check the delimiters; put texts that contain one in quotation marks.',
    ],
  ),
  'row.short': warning(
    ['Dòng có ít ô hơn dòng tiêu đề.', 'The row has fewer cells than the header.'],
    ['Kiểm tra xem các ô có bị lệch cột không.', 'Check that no cell slipped into another column.'],
  ),
  'number.scientific': error(
    [
      '"{value}" là số dạng khoa học, các chữ số cuối đã mất.',
      '"{value}" is in scientific form: its last digits are lost.',
    ],
    AS_TEXT,
  ),
  'name.length': error(
    ['Họ tên phải có từ 2 đến 140 ký tự.', 'A name has 2 to 140 characters.'],
    ['Ghi đầy đủ họ tên.', 'Write the full name.'],
  ),
  'name.letters': error(
    ['"{value}" không phải là họ tên.', '"{value}" is not a name.'],
    ['Ghi họ tên bằng chữ.', 'Write the name in letters.'],
  ),
  'name.looks-like-formula': error(
    ['Họ tên bắt đầu như một công thức.', 'The name begins like a formula.'],
    ['Bỏ ký tự =, +, - hoặc @ ở đầu.', 'Remove the =, +, - or @ at its beginning.'],
  ),
  'name.differs-in-register': error(
    [
      'Số định danh này đã đăng ký với họ tên khác.',
      'This personal number is registered under another name.',
    ],
    [
      'Đối chiếu giấy tờ: nếu nhầm số, sửa số định danh; nếu đúng người, sửa họ tên trong hồ sơ người hưởng rồi gửi lại dòng này.',
      'Compare with the papers: mend the number if it is somebody else’s; if it is this person, correct the name in the payee’s file and send the row again.',
    ],
  ),
  'name.close-in-register': warning(
    [
      'Họ tên gần giống, không trùng họ tên đã đăng ký của số định danh này.',
      'The name is close to, but not, the one this personal number is registered under.',
    ],
    [
      'Đối chiếu giấy tờ rồi sửa dòng này hoặc hồ sơ; đến khi đó họ tên và tài khoản đã đăng ký được giữ nguyên.',
      'Compare with the papers and mend the row or the payee’s file; until then the registered name and account stay.',
    ],
  ),
  'name.differs-in-file': error(
    [
      'Số định danh này ở dòng {otherRow} đi với họ tên khác.',
      'This personal number stands with another name in row {otherRow}.',
    ],
    ['Đối chiếu giấy tờ và sửa dòng sai.', 'Compare with the papers and mend the wrong row.'],
  ),
  'personal-number.digits': error(
    ['Số định danh chỉ gồm chữ số.', 'A personal number has digits only.'],
    ['Ghi 12 chữ số như trên CCCD.', 'Write the 12 digits of the identity card.'],
  ),
  'personal-number.length': error(
    ['Số định danh phải có 12 chữ số.', 'A personal number has 12 digits.'],
    ['Ghi đủ 12 chữ số như trên CCCD.', 'Write all 12 digits of the identity card.'],
  ),
  'personal-number.lost-zeros': error(
    [
      'Ô kiểu số đã làm mất số 0 ở đầu số định danh.',
      'The number cell has lost the zeros at the beginning of the personal number.',
    ],
    AS_TEXT,
  ),
  'personal-number.old-card': warning(
    ['Số CMND cũ có 9 chữ số.', 'A nine-digit number is of the old card.'],
    ['Thay bằng số định danh 12 chữ số khi có.', 'Replace it by the 12-digit number when known.'],
  ),
  'birth.impossible': error(
    ['Ngày sinh không thể có.', 'The date of birth cannot be.'],
    ['Ghi dd/mm/yyyy hoặc chỉ năm sinh.', 'Write dd/mm/yyyy, or only the year.'],
  ),
  'date.form': error(
    ['"{value}" không phải là ngày dd/mm/yyyy.', '"{value}" is no date dd/mm/yyyy.'],
    AS_DATE,
  ),
  'date.impossible': error(['Không có ngày "{value}".', 'There is no day "{value}".'], AS_DATE),
  'date.number-cell': error(
    ['Ô là số, không phải ngày.', 'The cell holds a number, not a date.'],
    AS_DATE,
  ),
  'commune.form': error(
    ['Mã xã/phường phải có 5 chữ số.', 'A commune code has 5 digits.'],
    ['Ghi mã theo danh mục đơn vị hành chính.', 'Write the code of the official list of units.'],
  ),
  'commune.lost-zeros': error(
    [
      'Ô kiểu số đã làm mất số 0 ở đầu mã xã/phường.',
      'The number cell has lost the zeros of the commune code.',
    ],
    AS_TEXT,
  ),
  'commune.unknown': error(
    [
      'Mã "{value}" không phải là xã/phường nào vào ngày {date}.',
      'Code "{value}" is no commune on {date}.',
    ],
    [
      'Dùng mã có hiệu lực vào kỳ chi trả (từ 01/07/2025 nhiều mã đã đổi).',
      'Use the code in force for the period (many changed on 01/07/2025).',
    ],
  ),
} as const satisfies Record<string, RuleText>;
