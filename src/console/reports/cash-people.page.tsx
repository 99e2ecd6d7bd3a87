import { formatPeriod } from '../../kernel/index.js';
import type { Office } from '../../organisation/index.js';
import { CASHLESS_GROUPS, type CashPerson } from '../../reports/index.js';
import {
  Card,
  Empty,
  ExportLinks,
  Money,
  Pager,
  Select,
  Table,
  useNames,
  useText,
} from '../kit/index.js';
import { CashlessFilters } from './cashless-filters.js';
import type { CashPeopleQuery } from './report.query.js';
import { ReportPaper } from './report-paper.js';
import { GROUP_TEXTS, STANDING_TEXTS, standingOf } from './report.words.js';

interface Props {
  readonly people: readonly CashPerson[];
  readonly nextCursor: string | null;
  readonly filter: CashPeopleQuery & { readonly period: string };
  readonly communeName: (code: string) => string;
  readonly office: Office;
}

/** People who are still paid in cash, or were not paid: whom the commune visits next; or any other group of them. */
export function CashPeoplePage(props: Props) {
  const t = useText();
  const { filter } = props;
  const group = GROUP_TEXTS[filter.who ?? 'cash'];
  return (
    <ReportPaper
      office={props.office}
      facts={[{ name: { vi: 'Kỳ', en: 'Period' }, value: formatPeriod(filter.period) }]}
    >
      <CashlessFilters action="/reports/cashless/people" filter={filter}>
        <Select
          name="who"
          label={t('Gồm những ai', 'Who')}
          value={filter.who}
          any={t(GROUP_TEXTS.cash)}
          choices={CASHLESS_GROUPS.map((value) => ({ value, text: GROUP_TEXTS[value] }))}
        />
      </CashlessFilters>
      <Card
        title={t(
          `${group.vi}, kỳ ${formatPeriod(filter.period)}`,
          `${group.en}, ${formatPeriod(filter.period)}`,
        )}
        actions={<ExportLinks path="/reports/cashless/people" />}
        isFlush
      >
        <People {...props} />
        <Pager nextCursor={props.nextCursor} />
      </Card>
    </ReportPaper>
  );
}

function People({ people, communeName, filter }: Props) {
  const t = useText();
  const names = useNames();
  return (
    <Table
      caption={t(GROUP_TEXTS[filter.who ?? 'cash'])}
      columns={[
        {
          head: { vi: 'Họ và tên', en: 'Name' },
          isName: true,
          cell: (row) => <a href={`/beneficiaries/${row.beneficiaryId}`}>{row.fullName}</a>,
        },
        { head: { vi: 'Số định danh', en: 'Personal number' }, cell: (row) => row.personalNumber },
        {
          head: { vi: 'Xã, phường', en: 'Commune' },
          cell: (row) => communeName(row.communeCode),
        },
        {
          head: { vi: 'Chế độ', en: 'Programmes' },
          isWide: true,
          cell: (row) => row.programmes.map((code) => t(names.programme(code))).join('; '),
        },
        {
          head: { vi: 'Còn chưa chi', en: 'Not paid' },
          isNumber: true,
          cell: (row) => <Money amount={row.amount} />,
        },
        { head: { vi: 'Đến đâu', en: 'How far' }, cell: (row) => <Standing person={row} /> },
      ]}
      rows={people}
      empty={
        <Empty title={t('Không có ai như vậy.', 'There is nobody like that.')}>
          {filter.who === undefined
            ? t(
                'Mọi người được chi trong kỳ này đều qua tài khoản, hoặc kỳ này chưa có danh sách.',
                'Everybody was paid into an account for this period, or there is no list for it yet.',
              )
            : t(
                'Chọn nhóm khác, hoặc bỏ bớt điều kiện lọc.',
                'Choose another group, or fewer filters.',
              )}
        </Empty>
      }
    />
  );
}

function Standing({ person }: { person: CashPerson }) {
  const t = useText();
  const names = useNames();
  const { failedCode, holdReason } = person;
  return (
    <>
      {t(STANDING_TEXTS[standingOf(person)])}
      {person.deceasedOn && ` · ${t('đã mất', 'deceased')}`}
      {holdReason && ` · ${t('đang tạm giữ', 'on hold')}`}
      {failedCode && ` · ${t(names.reason(failedCode))}`}
      {person.hasAccount && !person.isVerified && ` · ${t('chưa xác minh', 'not verified')}`}
      {person.byRecipient && ` · ${t('có người nhận thay', 'has a recipient')}`}
    </>
  );
}
