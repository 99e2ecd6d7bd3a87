import type { BeneficiaryRow } from '../../beneficiaries/index.js';
import { formatDate, maskTail } from '../../kernel/index.js';
import type { Page } from '../../platform/http/index.js';
import {
  Callout,
  Card,
  Count,
  Empty,
  ExportFoot,
  Field,
  FilterBar,
  href,
  NameFilter,
  None,
  Pager,
  Select,
  Table,
  useNames,
  useText,
  type Column,
} from '../kit/index.js';
import type { PeopleFilter } from './beneficiary.forms.js';
import { ONLY_TEXTS } from './beneficiary.texts.js';

interface Props {
  readonly page: Page<BeneficiaryRow>;
  readonly filter: PeopleFilter;
  /** Too many match: these are the ones whose name begins as it was typed. */
  readonly narrowed: boolean;
  readonly decisions: readonly { decision: string; people: number; entitlements: number }[];
}

/** People, found by name, personal number, account or decision. */
export function PeopleList(props: Props) {
  const { page, filter, narrowed, decisions } = props;
  const t = useText();
  return (
    <>
      <Search {...props} />
      {decisions.length > 0 && <Decisions of={decisions} />}
      {narrowed && page.items.length > 0 && (
        <Callout tone="info">
          {t(
            'Có quá nhiều người khớp. Dưới đây chỉ gồm người có họ tên bắt đầu như bạn gõ; hãy gõ đủ họ tên hơn, hoặc chọn xã.',
            'Too many people match. Only those whose name begins as you typed are shown; type more of the name, or choose a commune.',
          )}
        </Callout>
      )}
      <Card isFlush>
        <Table
          caption={t('Người hưởng, theo tên', 'Beneficiaries, by name')}
          rows={page.items}
          columns={useColumns()}
          empty={
            narrowed ? <TooMany /> : <Nobody filter={filter} hasDecisions={decisions.length > 0} />
          }
        />
        <ExportFoot path="/beneficiaries" isEmpty={page.items.length === 0 && !narrowed} />
      </Card>
      <Pager nextCursor={page.nextCursor} />
    </>
  );
}

function Search({ filter }: Props) {
  const t = useText();
  return (
    <FilterBar action="/beneficiaries">
      <Field
        name="q"
        type="search"
        label={t('Tìm người', 'Find somebody')}
        hint={t(
          'Họ tên (không cần dấu), số định danh, số tài khoản hoặc số quyết định',
          'A name (marks do not matter), personal number, account or decision number',
        )}
        maxLength={140}
        value={filter.q}
      />
      <NameFilter of="commune" value={filter.commune} />
      <Select
        name="only"
        label={t('Chỉ gồm', 'Only')}
        any={t('Mọi người', 'Everybody')}
        choices={Object.entries(ONLY_TEXTS).map(([value, text]) => ({ value, text }))}
        value={filter.only}
      />
    </FilterBar>
  );
}

function Decisions({ of }: { of: Props['decisions'] }) {
  const t = useText();
  return (
    <Card title={t('Quyết định có số như vậy', 'Decisions of that number')} isFlush>
      <Table
        caption={t('Quyết định', 'Decisions')}
        rows={of}
        columns={[
          {
            head: t('Số quyết định', 'Number'),
            isName: true,
            cell: ({ decision }) => <a href={href('/entitlements', { decision })}>{decision}</a>,
          },
          {
            head: t('Số người', 'People'),
            isNumber: true,
            cell: ({ people }) => <Count of={people} />,
          },
          {
            head: t('Số khoản', 'Entitlements'),
            isNumber: true,
            cell: ({ entitlements }) => <Count of={entitlements} />,
          },
        ]}
      />
    </Card>
  );
}

function useColumns(): readonly Column<BeneficiaryRow>[] {
  const t = useText();
  const names = useNames();
  return [
    {
      head: t('Họ và tên', 'Full name'),
      isName: true,
      cell: (row) => <a href={`/beneficiaries/${row.id}`}>{row.fullName}</a>,
    },
    { head: t('Số định danh', 'Personal number'), cell: (row) => row.personalNumber },
    { head: t('Ngày sinh', 'Born'), cell: (row) => bornText(row.dateOfBirth) ?? <None /> },
    { head: t('Xã, phường', 'Commune'), cell: (row) => names.commune(row.communeCode) },
    {
      head: t('Tài khoản', 'Account'),
      cell: (row) =>
        row.accountNumber && row.bankBin ? (
          <>
            {maskTail(row.accountNumber)} {names.bank(row.bankBin)}
            <span class="cell-note">
              {row.verifiedAt ? t('đã xác minh', 'verified') : t('chưa xác minh', 'not verified')}
            </span>
          </>
        ) : (
          t('chưa có', 'none')
        ),
    },
    {
      head: t('Lưu ý', 'Note'),
      cell: (row) => <Standing of={row} />,
    },
  ];
}

function Standing({ of }: { of: BeneficiaryRow }) {
  const t = useText();
  if (of.deceasedOn) {
    return (
      <span class="state state-over">
        <span class="state-sign" aria-hidden="true">
          –
        </span>
        {t('Đã mất', 'Deceased')}
      </span>
    );
  }
  if (!of.holdReason) return <None />;
  return (
    <span class="state state-bad">
      <span class="state-sign" aria-hidden="true">
        ✕
      </span>
      {t('Tạm dừng chi', 'On hold')}
    </span>
  );
}

function TooMany() {
  const t = useText();
  return (
    <Empty title={t('Có quá nhiều người khớp.', 'Too many people match.')}>
      {t(
        'Hãy gõ đủ họ tên hơn, bắt đầu từ họ, hoặc chọn xã.',
        'Type more of the name, beginning with the family name, or choose a commune.',
      )}
    </Empty>
  );
}

function Nobody({ filter, hasDecisions }: { filter: PeopleFilter; hasDecisions: boolean }) {
  const t = useText();
  const isFiltered = Boolean(filter.q ?? filter.commune ?? filter.only);
  if (!isFiltered) {
    return (
      <Empty title={t('Chưa có người hưởng nào.', 'There is nobody yet.')} guide="lists">
        <a href="/imports">
          {t(
            'Người hưởng có từ khi một danh sách được nhập.',
            'People come from lists that are applied.',
          )}
        </a>
      </Empty>
    );
  }
  return (
    <Empty
      title={
        hasDecisions
          ? t('Không có người nào có tên hoặc số như vậy.', 'Nobody has such a name or number.')
          : t('Không tìm thấy ai.', 'Nobody was found.')
      }
    >
      {t(
        'Số định danh và số tài khoản phải gõ đủ; họ tên gõ từng phần cũng được, không cần dấu.',
        'Personal and account numbers must be whole; parts of a name will do, without marks.',
      )}
    </Empty>
  );
}

/** A day, or only a year where papers give no more. */
export function bornText(dateOfBirth: string | null): string | null {
  if (dateOfBirth === null) return null;
  return dateOfBirth.length === 4 ? dateOfBirth : formatDate(dateOfBirth);
}
