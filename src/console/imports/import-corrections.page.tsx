import type { CorrectionView, ImportDetail } from '../../entitlements/index.js';
import type { Page } from '../../platform/http/index.js';
import {
  ActionButton,
  Card,
  Empty,
  Moment,
  Pager,
  Table,
  useConsole,
  useText,
} from '../kit/index.js';
import { ImportTabs } from './import-tabs.js';
import { fieldText, placeOf } from './import.texts.js';

interface Props {
  readonly list: ImportDetail;
  readonly page: Page<CorrectionView>;
  readonly mendedCount: number;
}

/** Cells that officers mended, from what to what and by whom; the last one of a cell can be put back. */
export function CorrectionsPage({ list, page, mendedCount }: Props) {
  const t = useText();
  const { may } = useConsole();
  const mayMend = list.state === 'checked' && may('import.write');
  const empty = t('(trống)', '(empty)');
  return (
    <>
      <ImportTabs list={list} mendedCount={mendedCount} />
      <p>
        {t(
          'Tệp đã gửi được giữ nguyên. Mỗi lần sửa ô được ghi lại ở đây và trong tệp đã đánh dấu.',
          'The file that was sent stays as it is. Every mended cell is kept here and told in the marked file.',
        )}
      </p>
      <Card isFlush>
        <Table
          caption={t('Các ô đã sửa, mới nhất trước', 'Mended cells, the newest first')}
          rows={page.items}
          empty={
            <Empty title={t('Chưa sửa ô nào.', 'No cell was mended.')}>
              <a href={`/imports/${list.id}/errors`}>
                {t('Xem các lỗi để sửa', 'See the errors to mend')}
              </a>
            </Empty>
          }
          columns={[
            {
              head: t('Ô', 'Cell'),
              isName: true,
              cell: (correction) => (
                <a href={`/imports/${list.id}/rows/${correction.row}`}>{t(placeOf(correction))}</a>
              ),
            },
            {
              head: t('Cột', 'Column'),
              cell: ({ field }) => t(fieldText(field) ?? { vi: field, en: field }),
            },
            { head: t('Trước', 'Before'), cell: ({ was }) => was ?? empty },
            { head: t('Sau', 'After'), cell: ({ became }) => became ?? empty },
            { head: t('Người sửa', 'By'), cell: ({ by }) => by },
            { head: t('Lúc', 'At'), cell: ({ at }) => <Moment at={at} /> },
            ...(mayMend
              ? [
                  {
                    head: t('Hoàn tác', 'Undo'),
                    cell: (correction: CorrectionView) =>
                      isLastOfCell(correction, page.items) && (
                        <ActionButton
                          action={`/imports/${list.id}/rows/${correction.row}/cells/${correction.field}`}
                          fields={{ seen: correction.became ?? '', value: correction.was ?? '' }}
                          tone="secondary"
                        >
                          {t('Trả lại như cũ', 'Put back')}
                          <span class="visually-hidden"> {t(placeOf(correction))}</span>
                        </ActionButton>
                      ),
                  },
                ]
              : []),
          ]}
        />
      </Card>
      <Pager nextCursor={page.nextCursor} />
    </>
  );
}

/** On the first page; further back a newer one may stand before it, and then putting it back is refused kindly. */
function isLastOfCell(correction: CorrectionView, shown: readonly CorrectionView[]): boolean {
  return shown.find(({ cell }) => cell === correction.cell)?.id === correction.id;
}
