import type { ComponentChildren } from 'preact';
import { formatDate, officeDate, type Bilingual } from '../../kernel/index.js';
import type { Office } from '../../organisation/index.js';
import { Facts, useConsole, useText, type Fact } from '../kit/index.js';

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
  const { now, viewer } = useConsole();
  const { office } = props;
  return (
    <>
      <div class="only-print paper-head">
        <p class="paper-office">{office.name}</p>
        <p>{t(`Mã đơn vị: ${office.budgetCode}`, `Office code: ${office.budgetCode}`)}</p>
        <Facts
          of={[
            ...props.facts,
            { name: { vi: 'Người in', en: 'Printed by' }, value: viewer?.displayName ?? '' },
          ]}
        />
      </div>
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
