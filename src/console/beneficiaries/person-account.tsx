import {
  compareNames,
  markDifference,
  type AccountCheck,
  type AccountOfPayee,
  type AccountStanding,
} from '../../beneficiaries/index.js';
import { maskTail } from '../../kernel/index.js';
import type { Bank } from '../../organisation/index.js';
import {
  ActionButton,
  Callout,
  Card,
  Disclosure,
  Facts,
  Moment,
  None,
  Table,
  useConsole,
  useNames,
  useText,
} from '../kit/index.js';
import { ConfirmForm, ReplaceForm } from './account-forms.js';
import type { PersonView } from './person.view.js';
import { SOURCES, VERDICTS, VERIFIED_HOW } from './beneficiary.texts.js';

/** Where the money goes: the present account and how sure we are of it, the former ones, and changing it. */
export function Accounts({ view, banks }: { view: PersonView; banks: readonly Bank[] }) {
  const t = useText();
  const { may } = useConsole();
  const { file, checks, standing } = view;
  const current = file.accounts.find(({ replacedAt }) => replacedAt === null) ?? null;
  const former = file.accounts.filter(({ replacedAt }) => replacedAt !== null);
  const mayChange = may('beneficiary.write') && file.deceasedOn === null;
  return (
    <Card title={t('Tài khoản nhận tiền', 'Payment account')} id="account">
      {current ? (
        <Current of={current} name={file.fullName} />
      ) : (
        <Callout tone="warning" title={t('Chưa có tài khoản', 'No account')}>
          {t(
            'Người này chưa nhận được tiền qua tài khoản. Nhập tài khoản khi có giấy tờ.',
            'Nothing can be paid without an account. Enter one when there is a paper.',
          )}
        </Callout>
      )}
      {current && <Check account={current} checks={checks} standing={standing} id={file.id} />}
      {current && may('account.confirm') && (
        <ConfirmForm id={file.id} account={current} checks={checks} />
      )}
      {mayChange && <ReplaceForm file={file} banks={banks} hasAccount={current !== null} />}
      {former.length > 0 && <Former of={former} />}
    </Card>
  );
}

function Current({ of, name }: { of: AccountOfPayee; name: string }) {
  const t = useText();
  const names = useNames();
  const isSame = compareNames(name, of.accountName) === 'exact';
  return (
    <Facts
      of={[
        { name: t('Ngân hàng', 'Bank'), value: names.bank(of.bankBin) },
        { name: t('Số tài khoản', 'Account number'), value: of.accountNumber },
        { name: t('Tên tài khoản', 'Name of the account'), value: of.accountName },
        {
          name: t('So với họ tên người hưởng', 'Beside the beneficiary’s name'),
          value: isSame ? (
            t('trùng họ tên', 'the same name')
          ) : (
            <NameCheck ours={name} theirs={of.accountName} who={t('Tài khoản', 'Account')} />
          ),
        },
        {
          name: t('Có từ', 'Since'),
          value: (
            <>
              <Moment at={of.validFrom} />, {t(SOURCES[of.source])}
            </>
          ),
        },
        {
          name: t('Xác minh', 'Verified'),
          value:
            of.verifiedAt && of.verifiedHow ? (
              <>
                {t(VERIFIED_HOW[of.verifiedHow])}, <Moment at={of.verifiedAt} />
              </>
            ) : (
              t('chưa xác minh', 'not yet')
            ),
        },
      ]}
    />
  );
}

/** Two names word by word; where they differ it is said, not only coloured. */
export function NameCheck(props: { ours: string; theirs: string; who: string }) {
  const t = useText();
  return (
    <ul class="name-check">
      {markDifference(props.ours, props.theirs).map(({ ours, bank, same }) => (
        <li class={same ? undefined : 'differs'}>
          <span>
            {t('Hồ sơ', 'Ours')}: {ours ?? t('(không có)', '(none)')}
          </span>
          <span>
            {props.who}: {bank ?? t('(không có)', '(none)')}
          </span>
          {!same && <strong>{t('khác nhau', 'differs')}</strong>}
        </li>
      ))}
    </ul>
  );
}

function Check(props: {
  account: AccountOfPayee;
  checks: readonly AccountCheck[];
  standing: AccountStanding | null;
  id: string;
}) {
  const { checks, standing, id } = props;
  const t = useText();
  const { may } = useConsole();
  const ofAccount = checks.filter(({ accountId }) => accountId === props.account.id);
  const stands = ofAccount.find((check) => check.id === standing?.checkId) ?? null;
  const [last] = ofAccount;
  return (
    <>
      <h3 class="mt-3">{t('Đối chiếu tên với ngân hàng', 'The name, compared with the bank')}</h3>
      {stands ? (
        <Result of={stands} />
      ) : (
        <p>{t('Chưa có kết quả nào.', 'There is no result yet.')}</p>
      )}
      {last && last.id !== stands?.id && (
        <>
          <p class="mb-1">{t('Lần hỏi gần nhất:', 'The last answer:')}</p>
          <Result of={last} />
        </>
      )}
      {standing?.waitingSince ? (
        <Callout tone="info">
          {t('Đang hỏi ngân hàng từ ', 'The bank is being asked since ')}
          <Moment at={standing.waitingSince} />. <a href="">{t('Tải lại trang', 'Load again')}</a>
        </Callout>
      ) : (
        may('beneficiary.write') && (
          <ActionButton action={`/beneficiaries/${id}/account-checks`} tone="secondary">
            {t('Hỏi ngân hàng tên chủ tài khoản', 'Ask the bank whose account it is')}
          </ActionButton>
        )
      )}
      {ofAccount.length > 1 && (
        <Disclosure
          summary={t(
            `Các lần đối chiếu (${ofAccount.length})`,
            `All results (${ofAccount.length})`,
          )}
        >
          {ofAccount.map((check) => (
            <Result of={check} />
          ))}
        </Disclosure>
      )}
    </>
  );
}

function Result({ of }: { of: AccountCheck }) {
  const t = useText();
  const verdict = VERDICTS[of.verdict];
  const signs = { good: '✓', bad: '✕', doubt: '?' };
  const by =
    of.source === 'person'
      ? `${of.actorName}, ${of.paperReference ?? ''}`
      : of.source === 'bank'
        ? t('ngân hàng trả lời', 'the bank’s answer')
        : t('không ngân hàng nào trả lời được', 'no bank offers an answer');
  return (
    <div class="mb-3">
      <p class="mb-1">
        <span class={`state state-${verdict.tone}`}>
          <span class="state-sign" aria-hidden="true">
            {signs[verdict.tone]}
          </span>
          {t(verdict)}
        </span>{' '}
        <Moment at={of.at} /> ({by})
      </p>
      {of.note && <p class="mb-1">{of.note}</p>}
      {of.bankName !== null && of.verdict !== 'exact' && (
        <NameCheck ours={of.ourName} theirs={of.bankName} who={t('Ngân hàng', 'Bank')} />
      )}
    </div>
  );
}

/** Behind a disclosure on the screen; on paper nothing can be opened, so there they stand. */
function Former({ of }: { of: readonly AccountOfPayee[] }) {
  const t = useText();
  return (
    <>
      <Disclosure summary={t(`Tài khoản cũ (${of.length})`, `Former accounts (${of.length})`)}>
        <FormerTable of={of} />
      </Disclosure>
      <div class="only-print">
        <FormerTable of={of} showCaption />
      </div>
    </>
  );
}

function FormerTable({
  of,
  showCaption,
}: {
  of: readonly AccountOfPayee[];
  showCaption?: boolean;
}) {
  const t = useText();
  const names = useNames();
  return (
    <Table
      caption={t('Tài khoản cũ', 'Former accounts')}
      showCaption={showCaption}
      rows={of}
      columns={[
        {
          head: t('Tài khoản', 'Account'),
          isName: true,
          cell: (row) => `${maskTail(row.accountNumber)} ${names.bank(row.bankBin)}`,
        },
        { head: t('Tên', 'Name'), cell: (row) => row.accountName },
        { head: t('Nguồn', 'Source'), cell: (row) => t(SOURCES[row.source]) },
        { head: t('Từ', 'From'), cell: (row) => <Moment at={row.validFrom} /> },
        { head: t('Đến', 'Until'), cell: (row) => <Moment at={row.replacedAt} /> },
        {
          head: t('Xác minh', 'Verified'),
          cell: (row) => (row.verifiedHow ? t(VERIFIED_HOW[row.verifiedHow]) : <None />),
        },
      ]}
    />
  );
}
