import type { Office } from '../../organisation/index.js';
import { useConsole, useText, type Text } from './context.js';
import { Facts, type Fact } from './parts.js';
import { Moment } from './values.js';

/** What stands above a page on paper only: whose paper it is, what it is, who printed it and when. */
export function PaperHead(props: {
  readonly office: Office;
  /** What kind of paper, where the page's own title does not say it. */
  readonly title?: Text;
  readonly facts?: readonly (Fact | null | false)[];
}) {
  const t = useText();
  const { now, viewer } = useConsole();
  const { office, title } = props;
  return (
    <div class="only-print paper-head">
      <p class="paper-office">{office.name}</p>
      <p>{t(`Mã đơn vị: ${office.budgetCode}`, `Office code: ${office.budgetCode}`)}</p>
      {title && <p class="paper-title">{typeof title === 'string' ? title : t(title)}</p>}
      <Facts
        of={[
          ...(props.facts ?? []),
          { name: { vi: 'Người in', en: 'Printed by' }, value: viewer?.displayName ?? '' },
          { name: { vi: 'In lúc', en: 'Printed at' }, value: <Moment at={now} /> },
        ]}
      />
    </div>
  );
}
