import { entitlementsErrors, findImport, type ImportDetail } from '../../entitlements/index.js';
import type { Bilingual } from '../../kernel/index.js';
import type { Database } from '../../platform/database/index.js';

/** @throws DomainError when there is no such list */
export async function listOr404(tx: Database['reader'], id: string): Promise<ImportDetail> {
  const list = await findImport(tx, id);
  if (!list) throw entitlementsErrors.importNotFound(id);
  return list;
}

export const titleOf = (list: ImportDetail): Bilingual => ({
  vi: `Danh sách ${list.fileName}`,
  en: `List ${list.fileName}`,
});

/** The list above a page about a part of it. */
export const crumbOf = (list: ImportDetail) => ({
  href: `/imports/${list.id}`,
  text: titleOf(list),
});
