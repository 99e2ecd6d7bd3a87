import type { RulingSummary } from '../../payments/index.js';
import {
  Card,
  Count,
  Empty,
  FilterBar,
  Moment,
  Money,
  NameFilter,
  Pager,
  State,
  StateFilter,
  Table,
  useText,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import { DoubtTabs } from './doubts.page.js';
import { OUTCOMES } from './doubts.words.js';

/** Proposals of how doubts end, the latest first. */
export function RulingsPage(props: {
  readonly names: CodeNames;
  readonly filter: { readonly state?: string; readonly bank?: string };
  readonly openRulings: number;
  readonly rows: readonly RulingSummary[];
  readonly nextCursor: string | null;
}) {
  const t = useText();
  const { names, filter } = props;
  return (
    <>
      <DoubtTabs openRulings={props.openRulings} />
      <FilterBar action="/doubts/rulings">
        <StateFilter of="ruling" value={filter.state} />
        <NameFilter of="ourBank" value={filter.bank} />
      </FilterBar>
      <Card isFlush>
        <Table
          caption={t('Đề nghị kết luận, mới nhất trước', 'Proposals, the latest first')}
          columns={[
            {
              head: t('Kết luận', 'Ending'),
              isName: true,
              cell: ({ id, outcome }) => (
                <a href={`/doubts/rulings/${id}`}>{t(OUTCOMES[outcome])}</a>
              ),
            },
            { head: t('Ngân hàng', 'Bank'), cell: ({ bankCode }) => names.bank(bankCode) },
            {
              head: t('Số khoản', 'Payments'),
              isNumber: true,
              cell: ({ payments }) => <Count of={payments} />,
            },
            {
              head: t('Số tiền', 'Amount'),
              isNumber: true,
              cell: ({ total }) => <Money amount={total} />,
            },
            {
              head: t('Người đề nghị', 'Proposed by'),
              cell: ({ proposedLogin, proposedAt }) => (
                <>
                  {proposedLogin}
                  <span class="side-note">
                    <Moment at={proposedAt} />
                  </span>
                </>
              ),
            },
            {
              head: t('Tình trạng', 'State'),
              cell: ({ state }) => <State of="ruling" is={state} />,
            },
          ]}
          rows={props.rows}
          empty={
            <Empty title={t('Không có đề nghị nào', 'There are no proposals')} guide="doubts">
              {t(
                'Chọn khoản chưa rõ kết quả rồi bấm “Lập đề nghị kết luận”.',
                'Tick payments in doubt and choose “Propose how it ends”.',
              )}
            </Empty>
          }
        />
        <Pager nextCursor={props.nextCursor} />
      </Card>
    </>
  );
}
