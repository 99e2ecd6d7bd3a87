import type { AccountOfPayee } from '../../beneficiaries/index.js';
import { compareNames } from '../../beneficiaries/index.js';
import { Callout, Card, Facts, Moment, Money, State, useConsole, useText } from '../kit/index.js';
import { BankCode } from './bank-code.js';
import { Readiness } from './cause.page.js';
import { NameCheck, TwoNames } from './name-check.js';
import {
  AskBank,
  ConfirmForm,
  HoldForm,
  NameForm,
  ReissueOneForm,
  ReplaceForm,
} from './one.forms.js';
import type { MendOneProps } from './one.props.js';

/** One failed payment: whom, why, both accounts beside each other, and what may be mended here. */
export function MendOnePage(props: MendOneProps) {
  const t = useText();
  const { may } = useConsole();
  const { names, row, file } = props;
  const reason = names.reason(row.reasonCode);
  const current = file.accounts.find(({ replacedAt }) => replacedAt === null) ?? null;
  const isOpen = row.entitlementState === 'open';
  return (
    <>
      <Card title={t('Khoản chi', 'The payment')}>
        <Facts
          of={[
            {
              name: t('Người hưởng', 'Beneficiary'),
              value: (
                <>
                  <a href={`/beneficiaries/${row.beneficiaryId}`}>{row.payeeName}</a>,{' '}
                  {row.personalNumber}, {names.commune(row.communeCode)}
                </>
              ),
            },
            {
              name: t('Số tiền', 'Amount'),
              value: (
                <a href={`/payments/${row.paymentId}`}>
                  <Money amount={row.amount} />
                </a>
              ),
            },
            {
              name: t('Đợt chi, kỳ', 'Batch, period'),
              value: (
                <>
                  <a href={`/batches/${row.batchId}`}>{row.batchNumber}</a>,{' '}
                  {t(names.programme(row.programme))}, {names.period(row.period)}
                </>
              ),
            },
            {
              name: t('Kết quả', 'Outcome'),
              value: (
                <>
                  <State of="payment" is={row.state} /> <Moment at={row.failedAt} />,{' '}
                  {names.bank(row.bankCode)}
                </>
              ),
            },
            {
              name: t('Nguyên nhân', 'Cause'),
              value: (
                <>
                  <a href={`/mending/${row.reasonCode}`}>{t(reason)}</a>
                  <BankCode code={row.reasonCode} text={row.reasonText} />
                </>
              ),
            },
            { name: t('Việc cần làm', 'What to do'), value: t(reason.nextStep) },
            { name: t('Chi lại được chưa', 'Can it go?'), value: <Readiness row={row} isHere /> },
          ]}
        />
      </Card>
      <div class="columns">
        <Card title={t('Tài khoản lúc chi', 'Account it went to')}>
          <Facts
            of={[
              { name: t('Ngân hàng', 'Bank'), value: names.payeeBank(row.oldBankBin) },
              { name: t('Số tài khoản', 'Number'), value: row.oldAccountNumber },
              { name: t('Tên tài khoản', 'Name'), value: row.oldAccountName },
            ]}
          />
        </Card>
        <CurrentAccount {...props} current={current} />
      </div>
      {isOpen && (
        <Card title={t('Sửa ở đây', 'Mend it here')}>
          {may('beneficiary.write') ? (
            <>
              <ReplaceForm {...props} />
              <NameForm {...props} />
              {row.held && <HoldForm {...props} />}
            </>
          ) : (
            <p>
              {t(
                'Người lập bảng mới sửa được tài khoản và họ tên.',
                'Only a preparer mends accounts and names.',
              )}
            </p>
          )}
          {may('account.confirm') && current && <ConfirmForm {...props} />}
          {may('batch.prepare') && <ReissueOneForm row={row} />}
        </Card>
      )}
    </>
  );
}

function CurrentAccount(props: MendOneProps & { readonly current: AccountOfPayee | null }) {
  const t = useText();
  const { names, row, file, current } = props;
  if (!current) {
    return (
      <Card title={t('Tài khoản hiện nay', 'Account now')}>
        <Callout tone="warning" title={t('Chưa có tài khoản', 'There is none')}>
          {t('Lấy số tài khoản từ xã/phường và nhập ở dưới.', 'Collect one and enter it below.')}
        </Callout>
      </Card>
    );
  }
  const isOwnName = compareNames(file.fullName, current.accountName) === 'exact';
  return (
    <Card title={t('Tài khoản hiện nay', 'Account now')}>
      <Facts
        of={[
          { name: t('Ngân hàng', 'Bank'), value: names.payeeBank(current.bankBin) },
          { name: t('Số tài khoản', 'Number'), value: current.accountNumber },
          {
            name: t('Tên tài khoản', 'Name'),
            value: (
              <>
                {current.accountName}
                {!isOwnName && (
                  <TwoNames
                    ours={file.fullName}
                    bank={current.accountName}
                    label={t('Tài khoản:', 'The account:')}
                  />
                )}
              </>
            ),
          },
          {
            name: t('Có từ', 'Since'),
            value: (
              <>
                <Moment at={current.validFrom} />
                {current.id === row.oldAccountId && (
                  <span class="side-note">
                    {t('Vẫn là tài khoản lúc chi.', 'Still the one it went to.')}
                  </span>
                )}
              </>
            ),
          },
          {
            name: t('Ngân hàng nói gì', 'What the bank says'),
            value: (
              <NameCheck
                verdict={row.verdict}
                ourName={row.payeeName}
                bankName={row.bankName}
                checkedAt={row.checkedAt}
                waitsSince={row.checkWaitsSince}
              />
            ),
          },
        ]}
      />
      <AskBank row={row} />
    </Card>
  );
}
