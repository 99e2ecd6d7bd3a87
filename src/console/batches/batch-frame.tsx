import type { ComponentChildren } from 'preact';
import type { BatchDetail, BatchSummary } from '../../batches/index.js';
import { formatPeriod, type Bilingual } from '../../kernel/index.js';
import { formatCount, Tabs, useText, type Crumb } from '../kit/index.js';

export const BATCHES: Crumb = { href: '/batches', text: { vi: 'Đợt chi', en: 'Batches' } };

export function crumbsOf(batch: BatchSummary, programme: Bilingual): Crumb[] {
  return [BATCHES, { href: `/batches/${batch.id}`, text: titleOf(batch, programme) }];
}

export function titleOf(batch: BatchSummary, programme: Bilingual): Bilingual {
  const period = formatPeriod(batch.period);
  return { vi: `${programme.vi}, kỳ ${period}`, en: `${programme.en}, ${period}` };
}

/** The sides of one batch. */
export function BatchFrame({
  batch,
  children,
}: {
  batch: BatchDetail;
  children: ComponentChildren;
}) {
  const t = useText();
  const path = `/batches/${batch.id}`;
  const leftOut = batch.leftOut.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <Tabs
        of={[
          { href: path, text: t('Tổng quan', 'Overview') },
          {
            href: `${path}/lines`,
            text: t('Các dòng', 'Lines'),
            count: formatCount(batch.lineCount),
          },
          {
            href: `${path}/left-out`,
            text: t('Không đưa vào', 'Left out'),
            count: formatCount(leftOut),
          },
          { href: `${path}/changes`, text: t('So với kỳ trước', 'Against last period') },
          { href: `${path}/accounts`, text: t('Tài khoản', 'Accounts') },
          { href: `${path}/history`, text: t('Chữ ký và lịch sử', 'Signatures and history') },
        ]}
      />
      {children}
    </>
  );
}
