import type { ImportDetail } from '../../entitlements/index.js';
import { formatCount, Tabs, useText } from '../kit/index.js';

/** The sides of one list. */
export function ImportTabs({ list, mendedCount }: { list: ImportDetail; mendedCount?: number }) {
  const t = useText();
  const path = `/imports/${list.id}`;
  const problems = list.errorCount + list.warningCount;
  return (
    <Tabs
      of={[
        { href: path, text: t('Tổng quan', 'Overview') },
        {
          href: `${path}/errors`,
          text: t('Lỗi và lưu ý', 'Errors and warnings'),
          count: formatCount(problems),
        },
        { href: `${path}/rows`, text: t('Các dòng', 'Rows'), count: formatCount(list.readRows) },
        { href: `${path}/columns`, text: t('Các cột', 'Columns') },
        {
          href: `${path}/corrections`,
          text: t('Ô đã sửa', 'Mended cells'),
          count: mendedCount === undefined ? undefined : formatCount(mendedCount),
        },
      ]}
    />
  );
}
