import { open } from 'node:fs/promises';
import type { FileReading } from '../../contract.js';
import { readCamtNotices } from './camt-notices.js';
import type { StatementOptions } from './camt-options.js';
import { readCamtStatements } from './camt-statements.js';
import { looksLikeSwift } from './mt940-fields.js';
import { readMt940 } from './mt940-statements.js';
import { peekDocument, XML_LIMITS } from './xml-elements.js';

/** A byte order mark, some blanks, and the first tag. */
const START_BYTES = 256;

/**
 * Reads a file of a bank that is a statement or a notification, whatever its name.
 * @returns null for another message of ISO 20022. @throws FileBroken
 */
export async function readStatements(
  path: string,
  options: StatementOptions,
): Promise<FileReading | null> {
  if (looksLikeSwift(await startOf(path))) return readMt940(path, options);
  const document = await peekDocument(path, { ...XML_LIMITS, records: new Set() });
  switch (document.children[0]?.name) {
    case 'BkToCstmrStmt':
      return readCamtStatements(path, options);
    case 'BkToCstmrDbtCdtNtfctn':
      return readCamtNotices(path, options);
    case 'BkToCstmrAcctRpt':
      return {
        kind: 'nothing',
        why: 'an interim report (camt.052): the statement of the day counts',
      };
    default:
      return null;
  }
}

async function startOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
