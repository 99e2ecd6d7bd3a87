import { formatPeriod } from '../../kernel/index.js';
import type { Office } from '../../organisation/index.js';
import type { CashPerson } from '../../reports/index.js';
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
  type Choice,
} from '../kit/index.js';
import { CashlessFilters } from './cashless-filters.js';
import { CASH_WHY, type CashPeopleQuery } from './report.query.js';
import { ReportPaper } from './report-paper.js';
import { WHY_TEXTS } from './report.words.js';

interface Props {
  readonly people: readonly CashPerson[];
  readonly nextCursor: string | null;
  readonly filter: CashPeopleQuery & { readonly period: string };
  readonly choices: { readonly programme: Choice[]; readonly commune: Choice[] };
  readonly communeName: (code: string) => string;
  readonly office: Office;
}

/** People who are still paid in cash, or were not paid: whom the commune visits next. */
export function CashPeoplePage(props: Props) {
  const t = useText();
  const { filter } = props;
  return (
    <ReportPaper
      office={props.office}
      facts={[{ name: { vi: 'Kỳ', en: 'Period' }, value: formatPeriod(filter.period) }]}
    >
      <CashlessFilters action="/reports/cashless/people" filter={filter} choices={props.choices}>
        <Select
          name="why"
          label={t('Vì sao', 'Why')}
          value={filter.why}
          any={t('Tất cả', 'All')}
          choices={CASH_WHY.map((value) => ({ value, text: WHY_TEXTS[value] }))}
        />
      </CashlessFilters>
      <Card
        title={t(
          `Người chưa được chi qua tài khoản, kỳ ${formatPeriod(filter.period)}`,
          `People not paid into an account, ${formatPeriod(filter.period)}`,
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

function People({ people, communeName }: Props) {
  const t = useText();
  const names = useNames();
  return (
    <Table
      caption={t('Người chưa được chi qua tài khoản', 'People not paid into an account')}
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
        { head: { vi: 'Vì sao', en: 'Why' }, cell: (row) => <Why person={row} /> },
      ]}
      rows={people}
      empty={
        <Empty title={t('Không còn ai như vậy.', 'There is nobody like that.')}>
          {t(
            'Mọi người được chi trong kỳ này đều qua tài khoản, hoặc kỳ này chưa có danh sách.',
            'Everybody was paid into an account for this period, or there is no list for it yet.',
          )}
        </Empty>
      }
    />
  );
}

function Why({ person }: { person: CashPerson }) {
  const t = useText();
  const names = useNames();
  const { failedCode, holdReason } = person;
  return (
    <>
      {t(WHY_TEXTS[person.hasAccount ? 'unpaid' : 'none'])}
      {person.deceasedOn && ` · ${t('đã mất', 'deceased')}`}
      {holdReason && ` · ${t('đang tạm giữ', 'on hold')}`}
      {failedCode && ` · ${t(names.reason(failedCode))}`}
      {person.hasAccount && !person.isVerified && ` · ${t('chưa xác minh', 'not verified')}`}
      {person.byRecipient && ` · ${t('có người nhận thay', 'has a recipient')}`}
    </>
  );
}
