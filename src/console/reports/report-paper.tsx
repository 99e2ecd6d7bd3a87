import type { ComponentChildren } from 'preact';
import { formatDate, officeDate, type Bilingual } from '../../kernel/index.js';
import type { Office } from '../../organisation/index.js';
import { PaperHead, useConsole, useText, type Fact } from '../kit/index.js';

/** Who signs a report that is printed. */
const SIGNERS: readonly Bilingual[] = [
  { vi: 'Người lập', en: 'Prepared by' },
  { vi: 'Kế toán trưởng', en: 'Chief accountant' },
  { vi: 'Thủ trưởng đơn vị', en: 'Head of the office' },
];

/** A report: on paper with the office above it, what it was asked for, and places to sign. */
export function ReportPaper(props: {
  readonly office: Office;
  readonly facts: readonly (Fact | null | false)[];
  readonly children: ComponentChildren;
}) {
  const t = useText();
  const { now } = useConsole();
  const { office } = props;
  return (
    <>
      <PaperHead office={office} facts={props.facts} />
      {props.children}
      <div class="only-print paper-signs">
        <p class="paper-day">
          {office.place}, {t('ngày', 'on')} {formatDate(officeDate(now))}
        </p>
        <ul>
          {SIGNERS.map((signer) => (
            <li>
              <strong>{t(signer)}</strong>
              <em>{t('(Ký, ghi rõ họ tên)', '(Signature and full name)')}</em>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
