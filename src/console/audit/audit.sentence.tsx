import type { AuditRow } from '../../audit/index.js';
import type { Bilingual } from '../../kernel/index.js';
import type { Language } from '../../platform/http/index.js';
import {
  formatCount,
  formatMoney,
  ROLE_TEXTS,
  useConsole,
  useNames,
  useText,
  type NamesOf,
} from '../kit/index.js';
import { placeOf } from './audit.things.js';
import { wordsOfAct } from './audit.words.js';

type Detail = AuditRow['detail'];
type Saying = (value: unknown, language: Language) => string;

const COUNT: Saying = (value) => formatCount(String(value));
const AMOUNT: Saying = (value) => formatMoney(String(value));
const TEXTS: Readonly<Record<string, Bilingual>> = {
  ...ROLE_TEXTS,
  first: { vi: 'chữ ký thứ nhất', en: 'first signature' },
  second: { vi: 'chữ ký thứ hai', en: 'second signature' },
};
const WORD: Saying = (value, language) =>
  (Array.isArray(value) ? value : [value])
    .map((one) => TEXTS[String(one)]?.[language] ?? String(one))
    .join(', ');
const MONTH: Saying = (value) => String(value).split('-').reverse().join('/');

/** How a figure of a detail is written; what is not listed is a text. */
const SAYINGS: Readonly<Record<string, Saying>> = {
  amount: AMOUNT,
  total: AMOUNT,
  lineCount: COUNT,
  appliedRows: COUNT,
  badRows: COUNT,
  payments: COUNT,
  entries: COUNT,
  reissued: COUNT,
  requested: COUNT,
  exceptions: COUNT,
  moved: COUNT,
  roles: WORD,
  signature: WORD,
  budgetMonth: MONTH,
  period: MONTH,
};

/** What was done, as a sentence without its subject: "Trình đợt chi: 12 dòng, 33.468.000 đ". */
export function sentenceOf(
  row: { action: string; detail: Detail },
  { language, names }: { language: Language; names: Pick<NamesOf, 'fund' | 'ourBank'> },
): string {
  const said = wordsOfAct(row.action)[language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = row.detail[name];
    if (value === undefined || value === null) return '…';
    if (name === 'fund' && typeof value === 'string') return names.fund(value)[language];
    if (name === 'bank' && typeof value === 'string') return names.ourBank(value);
    return (SAYINGS[name] ?? WORD)(value, language);
  });
  // Most banks are called “Ngân hàng …” themselves.
  const once = said.replace(/ngân hàng (?=Ngân hàng )/g, '');
  return once.charAt(0).toUpperCase() + once.slice(1);
}

/** The sentence, and the way to the thing that it is about unless it is plain. */
export function AuditSentence({ of, isPlain }: { of: AuditRow; isPlain?: boolean }) {
  const { language, may } = useConsole();
  const names = useNames();
  const t = useText();
  const place = isPlain ? null : placeOf({ type: of.subjectType, id: of.subjectId }, may);
  return (
    <>
      {sentenceOf(of, { language, names })}
      {place && (
        <>
          {' '}
          (<a href={place.href}>{t(place.text)}</a>)
        </>
      )}
    </>
  );
}
