import { FileBroken } from '../../contract.js';

type Why = FileBroken['why'];

/** Why a file is no message that we read, in the words of whoever must tell the bank. */
export const XML_FAULTS = {
  empty: { vi: 'Tệp rỗng.', en: 'The file is empty.' },
  doctype: {
    vi: 'Tệp có khai báo DOCTYPE, không được phép vì lý do an toàn.',
    en: 'The file has a DOCTYPE, which is refused for safety.',
  },
  instruction: {
    vi: 'Tệp có chỉ thị xử lý (<?…?>) không được phép.',
    en: 'The file has a processing instruction, which is refused for safety.',
  },
  noDocument: {
    vi: 'Tệp không có phần tử Document, không phải là thông điệp ISO 20022.',
    en: 'The file has no Document element: it is not a message of ISO 20022.',
  },
  twoDocuments: {
    vi: 'Tệp có nhiều hơn một phần tử Document; mỗi tệp chỉ được có một.',
    en: 'The file has more than one Document element; one file carries one message.',
  },
  utf16: {
    vi: 'Tệp được mã hoá UTF-16; hãy đề nghị ngân hàng gửi lại bằng UTF-8.',
    en: 'The file is encoded as UTF-16; ask the bank to send it as UTF-8.',
  },
  notUtf8: {
    vi: 'Tệp có byte không phải UTF-8.',
    en: 'The file has bytes that are not UTF-8.',
  },
  encoding: (name: string): Why => ({
    vi: `Tệp khai báo mã hoá ${shown(name)}; chỉ nhận UTF-8.`,
    en: `The file declares the encoding ${shown(name)}; only UTF-8 is read.`,
  }),
  bytes: (most: number): Why => ({
    vi: `Tệp lớn hơn ${most} byte.`,
    en: `The file is larger than ${most} bytes.`,
  }),
  depth: (most: number): Why => ({
    vi: `Các phần tử lồng nhau sâu hơn ${most} tầng.`,
    en: `Elements lie deeper than ${most} within each other.`,
  }),
  elements: (most: number): Why => ({
    vi: `Một bản ghi có nhiều hơn ${most} phần tử.`,
    en: `One record has more than ${most} elements.`,
  }),
  text: (most: number): Why => ({
    vi: `Một đoạn văn bản dài hơn ${most} ký tự.`,
    en: `One text is longer than ${most} characters.`,
  }),
  malformed: (message: string): Why => ({
    vi: `Tệp không phải XML hợp lệ (${reasonOf(message)}).`,
    en: `The file is not well-formed XML (${reasonOf(message)}).`,
  }),
} as const;

/** @param at `line:column` */
export function brokenXml(why: Why, at: string): FileBroken {
  return new FileBroken(why, `line ${at}`);
}

/** The parser begins its messages with the place, which is told apart; what it quotes of the file may be long. */
function reasonOf(message: string): string {
  return shown(message.replace(/^(?:[^\s:]+:)?\d+:\d+: /, '').replace(/\.$/, ''));
}

const SHOWN_MAX = 80;

function shown(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cs}\p{Cf}]/gu, '�');
  return clean.length > SHOWN_MAX ? `${clean.slice(0, SHOWN_MAX)}…` : clean;
}
