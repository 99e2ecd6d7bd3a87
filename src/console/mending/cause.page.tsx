import { maskTail } from '../../kernel/index.js';
import type { FailedCause, FailedRow } from '../../payments/index.js';
import {
  Card,
  Empty,
  Facts,
  href,
  Moment,
  Money,
  Pager,
  Sides,
  State,
  Table,
  Tick,
  useConsole,
  useText,
  type Column,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import { MendingFilterBar, type MendingFilter } from './causes.page.js';
import { FAMILIES, notYetWords } from './mending.words.js';
import { BankCode } from './bank-code.js';
import { NameCheck } from './name-check.js';
import { ReissueForm } from './reissue-form.js';

export const SIDES = ['ready', 'not-ready', 'in-batch'] as const;
export type CauseSide = (typeof SIDES)[number];

interface Props {
  readonly names: CodeNames;
  readonly code: string;
  readonly filter: MendingFilter;
  readonly side?: CauseSide;
  readonly cause: FailedCause;
  readonly rows: readonly FailedRow[];
  readonly nextCursor: string | null;
  /** What "all of it" is: everything under the filter, on every page. */
  readonly all: { readonly count: number; readonly total: string };
}

/** What failed for one reason: old and new account side by side, and what can go again. */
export function CausePage(props: Props) {
  const t = useText();
  const { may } = useConsole();
  const { names, code, filter, side, rows } = props;
  const reason = names.reason(code);
  const canReissue = may('batch.prepare') && side !== 'in-batch' && rows.length > 0;
  const table = <FailedTable {...props} isTicked={canReissue} />;
  return (
    <>
      <Card>
        <Facts
          of={[
            { name: t('Nghĩa là', 'It means'), value: t(reason) },
            { name: t('Nhóm', 'Kind'), value: t(FAMILIES[reason.family]) },
            { name: t('Việc cần làm', 'What to do'), value: t(reason.nextStep) },
          ]}
        />
        <BankCode code={code} />
      </Card>
      <CauseSides {...props} />
      <MendingFilterBar action={`/mending/${code}`} names={names} filter={filter} side={side} />
      <Card title={t('Các khoản chi', 'The payments')} isFlush>
        {canReissue ? (
          <ReissueForm chosen={{ code, ...filter, ...(side && { side }) }} all={props.all}>
            {table}
            <Pager nextCursor={props.nextCursor} />
          </ReissueForm>
        ) : (
          <>
            {table}
            <Pager nextCursor={props.nextCursor} />
            {!may('batch.prepare') && rows.length > 0 && side !== 'in-batch' && (
              <p class="table-form-foot mb-0">
                {t(
                  'Người lập bảng mới đưa được các khoản này vào đợt chi bổ sung.',
                  'Only a preparer puts these into a follow-up batch.',
                )}
              </p>
            )}
          </>
        )}
      </Card>
    </>
  );
}

function CauseSides({ code, filter, side, cause }: Props) {
  const t = useText();
  const to = (chosen?: CauseSide) => href(`/mending/${code}`, { ...filter, side: chosen });
  return (
    <Sides
      of={[
        {
          href: to(),
          text: t('Chờ xử lý', 'Waiting'),
          count: cause.count,
          isCurrent: side === undefined,
        },
        {
          href: to('ready'),
          text: t('Chi lại được ngay', 'Can go now'),
          count: cause.ready,
          isCurrent: side === 'ready',
        },
        {
          href: to('not-ready'),
          text: t('Còn phải sửa', 'Still to mend'),
          count: cause.count - cause.ready,
          isCurrent: side === 'not-ready',
        },
        {
          href: to('in-batch'),
          text: t('Đã vào đợt bổ sung', 'In a follow-up batch'),
          count: cause.inBatch,
          isCurrent: side === 'in-batch',
        },
      ]}
    />
  );
}

function FailedTable({ names, rows, isTicked, side }: Props & { isTicked: boolean }) {
  const t = useText();
  const columns = useFailedColumns(names);
  const tick: Column<FailedRow> = {
    head: t('Chọn', 'Tick'),
    cell: ({ paymentId, amount, payeeName }) => (
      <Tick
        name="payment"
        value={`${paymentId}:${amount}`}
        label={t(`Chọn khoản của ${payeeName}`, `Tick the payment of ${payeeName}`)}
      />
    ),
  };
  return (
    <Table
      caption={t('Khoản chi, tài khoản cũ và mới', 'Payments, their old and new accounts')}
      columns={isTicked ? [tick, ...columns] : columns}
      rows={rows}
      empty={
        <Empty title={t('Không có khoản nào ở mục này', 'There is nothing here')} guide="mending">
          {side === 'ready'
            ? t(
                'Sửa tài khoản của các khoản ở mục “Còn phải sửa”; sửa xong, khoản đó chuyển sang đây.',
                'Mend the accounts under “Still to mend”; what is mended moves here.',
              )
            : t('Chọn mục khác hoặc bỏ bớt bộ lọc.', 'Choose another part or clear the filter.')}
        </Empty>
      }
    />
  );
}

function useFailedColumns(names: CodeNames): readonly Column<FailedRow>[] {
  const t = useText();
  return [
    {
      head: t('Người hưởng', 'Beneficiary'),
      isName: true,
      cell: (row) => (
        <>
          <a href={`/mending/payments/${row.paymentId}`}>{row.payeeName}</a>
          <span class="side-note">
            {row.personalNumber} · {names.commune(row.communeCode)}
          </span>
          <span class="side-note">
            <a href={`/batches/${row.batchId}`}>{row.batchNumber}</a> · {names.period(row.period)}
          </span>
        </>
      ),
    },
    {
      head: t('Số tiền', 'Amount'),
      isNumber: true,
      cell: ({ amount, paymentId }) => (
        <a href={`/payments/${paymentId}`}>
          <Money amount={amount} />
        </a>
      ),
    },
    {
      head: t('Tài khoản lúc chi', 'Account it went to'),
      cell: (row) => (
        <>
          {names.payeeBank(row.oldBankBin)} {maskTail(row.oldAccountNumber)}
          <span class="side-note">{row.oldAccountName}</span>
          <span class="side-note">
            <State of="payment" is={row.state} /> <Moment at={row.failedAt} />
          </span>
        </>
      ),
    },
    {
      head: t('Tài khoản hiện nay', 'Account now'),
      cell: (row) => <AccountNow row={row} names={names} />,
    },
    { head: t('Chi lại được chưa', 'Can it go?'), cell: (row) => <Readiness row={row} /> },
  ];
}

function AccountNow({ row, names }: { row: FailedRow; names: CodeNames }) {
  const t = useText();
  if (row.accountId === null || row.bankBin === null || row.accountNumber === null) {
    return <strong>{t('Chưa có tài khoản', 'There is none')}</strong>;
  }
  return (
    <>
      {names.payeeBank(row.bankBin)} {maskTail(row.accountNumber)}
      <span class="side-note">
        {row.accountId === row.oldAccountId
          ? t('Vẫn là tài khoản cũ', 'Still the same account')
          : `${t('Tài khoản mới', 'A new account')} · ${row.accountName ?? ''}`}
      </span>
      <NameCheck
        verdict={row.verdict}
        ourName={row.payeeName}
        bankName={row.bankName}
        checkedAt={row.checkedAt}
        waitsSince={row.checkWaitsSince}
      />
    </>
  );
}

/** @param isHere the page of this very payment: no link leads to it. */
export function Readiness({ row, isHere = false }: { row: FailedRow; isHere?: boolean }) {
  const t = useText();
  if (row.entitlementState === 'in_batch') {
    return (
      <>
        <span class="state state-moving">
          {t('Đang trong đợt bổ sung', 'In a follow-up batch')}
        </span>
        {row.inBatchId && (
          <a class="side-note" href={`/batches/${row.inBatchId}`}>
            {t('Xem đợt đó', 'See that batch')}
          </a>
        )}
      </>
    );
  }
  if (row.notYet === null) {
    return <span class="state state-good">{t('Chi lại được', 'It can go')}</span>;
  }
  const words = notYetWords(row.notYet);
  return (
    <>
      <span class="state state-bad">{t(words)}</span>
      <span class="side-note">{t(words.todo)}</span>
      {!isHere && (
        <a href={`/mending/payments/${row.paymentId}`}>{t('Sửa khoản này', 'Mend it')}</a>
      )}
    </>
  );
}
