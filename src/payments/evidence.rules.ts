/** Largest evidence file; the database keeps the same bound. */
export const EVIDENCE_MAX_BYTES = 5 * 1024 * 1024;
const FILE_NAME_MAX = 255;

export const EVIDENCE_TYPES = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/csv',
  'text/plain',
  'message/rfc822',
] as const;
export type EvidenceType = (typeof EVIDENCE_TYPES)[number];

const MAIL_HEADER =
  /^(received|return-path|delivered-to|from|to|subject|date|message-id|mime-version|content-type|dkim-signature|arc-[a-z-]+|x-[a-z0-9-]+):/i;

/**
 * What a file of evidence is, by its bytes: whoever opens it trusts the type we give, so its name and declared type
 * count for nothing. Only between a table and a plain text, which are both text, does the name decide.
 * @returns null for everything that is not kept as evidence: pages, scripts, macros, programs, archives.
 */
export function evidenceTypeOf(bytes: Buffer, fileName: string): EvidenceType | null {
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) return 'application/pdf';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]))
    return isWorkbook(bytes) ? EVIDENCE_TYPES[3] : null;
  return textTypeOf(bytes, fileName);
}

/** A name without a path or unseen characters, its end kept when it is too long. */
export function cleanEvidenceName(fileName: string): string {
  const bare = fileName
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/^.*[\\/]/, '')
    .trim();
  return [...bare].slice(-FILE_NAME_MAX).join('') || 'evidence';
}

/** Names of the parts of an archive stand in it as they are. */
function isWorkbook(bytes: Buffer): boolean {
  return bytes.includes('xl/workbook.xml') && !bytes.includes('vbaProject');
}

function textTypeOf(bytes: Buffer, fileName: string): EvidenceType | null {
  const text = utf8Of(bytes);
  if (text === null || text.trim() === '' || hasControls(text)) return null;
  const begin = text.trimStart();
  if (begin.startsWith('<')) return null;
  if (MAIL_HEADER.test(begin) && /^from:/im.test(text)) return 'message/rfc822';
  return /\.csv$/i.test(fileName) ? 'text/csv' : 'text/plain';
}

function utf8Of(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function hasControls(text: string): boolean {
  return /(?![\t\n\r\f])\p{Cc}/u.test(text);
}

function startsWith(bytes: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
