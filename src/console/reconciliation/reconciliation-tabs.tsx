import { formatCount, Tabs, useText } from '../kit/index.js';

/** The sides of reconciliation. */
export function ReconciliationTabs({ openExceptions }: { openExceptions?: number }) {
  const t = useText();
  return (
    <Tabs
      of={[
        { href: '/reconciliation', text: t('Theo ngày', 'By day') },
        {
          href: '/reconciliation/exceptions',
          text: t('Sai lệch', 'Exceptions'),
          count: openExceptions ? formatCount(openExceptions) : undefined,
        },
        { href: '/statements', text: t('Sao kê và tệp', 'Statements and files') },
      ]}
    />
  );
}
