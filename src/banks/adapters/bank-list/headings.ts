import { foldText } from '../../../kernel/index.js';

/** A heading, a word or a reason without what people vary: case, diacritics, signs, line breaks. */
export function headingKey(text: string): string {
  return foldText(text.normalize('NFKC'))
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** … and without a unit or remark in brackets: `Số tiền (VND)`. */
export function bareHeadingKey(text: string): string {
  return headingKey(text.replace(/[([].*$/s, ''));
}
