import type {
  BeneficiaryFile,
  HistoryOfPayee,
  RecipientOfPayee,
} from '../../beneficiaries/index.js';
import type { EntitlementView } from '../../entitlements/index.js';
import type { Bank, Office } from '../../organisation/index.js';
import type { Page } from '../../platform/http/index.js';
import {
  Callout,
  Card,
  Day,
  Disclosure,
  Facts,
  formatCount,
  href,
  Moment,
  PaperHead,
  PrintButton,
  queryOf,
  Table,
  Timeline,
  useConsole,
  useNames,
  useText,
} from '../kit/index.js';
import { useEntitlementColumns } from '../entitlements/entitlement-list.page.js';
import { bornText } from './people.page.js';
import { causeLink, causeText, happenedText } from './beneficiary.texts.js';
import { Accounts } from './person-account.js';
import { Changes, ReleaseHoldForm } from './person-changes.js';
import { Payments } from './person-payments.js';
import type { PersonView } from './person.view.js';

/** Everything about one person: who, whether anything stops payment, the account, what is owed and what was paid. */
export function PersonPage(props: {
  readonly view: PersonView;
  readonly banks: readonly Bank[];
  readonly office: Office;
}) {
  const { view, banks, office } = props;
  const { file } = view;
  return (
    <>
      <PaperHead office={office} title={{ vi: 'Hồ sơ người hưởng', en: 'File of a beneficiary' }} />
      <Stops of={file} />
      <div class="columns">
        <Who of={file} />
        <Recipients of={file.recipients} today={view.today} />
      </div>
      <Accounts view={view} banks={banks} />
      {view.entitlements && <Entitlements of={view.entitlements} id={file.id} />}
      {view.payments && <Payments page={view.payments} totals={view.totals} />}
      <Changes file={file} today={view.today} />
      <History of={file.history} />
    </>
  );
}

/** The way to paper. Payments stand on pages: whoever prints takes them all first, and is told so. */
export function PrintFile({ view, isWhole }: { view: PersonView; isWhole: boolean }) {
  const t = useText();
  const { url } = useConsole();
  const isPart = view.payments?.nextCursor !== null || queryOf(url).get('cursor') !== null;
  if (isWhole || view.payments === null || !isPart) return <PrintButton />;
  return (
    <a class="btn" href={href(`/beneficiaries/${view.file.id}`, { all: 'yes' })}>
      {t('Mọi khoản trên một trang, để in', 'All payments on one page, to print')}
    </a>
  );
}

function Stops({ of }: { of: BeneficiaryFile }) {
  const t = useText();
  const names = useNames();
  const reason = of.holdReason === null ? null : names.reason(of.holdReason);
  return (
    <>
      {of.deceasedOn !== null && (
        <Callout tone="danger" title={t('Người hưởng đã mất', 'The beneficiary has died')}>
          {t('Ngày mất: ', 'On ')}
          <Day iso={of.deceasedOn} />.{' '}
          {t(
            'Thôi chi từ tháng sau; khoản mai táng và truy lĩnh chi cho thân nhân bằng hồ sơ riêng.',
            'Payment stops from the month after; funeral money and arrears go to the heirs by a file of their own.',
          )}
        </Callout>
      )}
      {reason && (
        <Callout tone="danger" title={t('Đang tạm dừng chi', 'On hold: nothing is paid')}>
          <p>
            {t(reason)}. {t('Từ ', 'Since ')}
            <Moment at={of.heldAt} />. {t(reason.nextStep)}
          </p>
          <ReleaseHoldForm id={of.id} />
        </Callout>
      )}
    </>
  );
}

function Who({ of }: { of: BeneficiaryFile }) {
  const t = useText();
  const names = useNames();
  return (
    <Card title={t('Thông tin', 'Details')}>
      <Facts
        of={[
          { name: t('Họ và tên', 'Full name'), value: of.fullName },
          { name: t('Số định danh', 'Personal number'), value: of.personalNumber },
          {
            name: t('Ngày sinh', 'Born'),
            value: bornText(of.dateOfBirth) ?? t('chưa có', 'not known'),
          },
          {
            name: t('Xã, phường', 'Commune'),
            value: (
              <a href={href('/beneficiaries', { commune: of.communeCode })}>
                {names.commune(of.communeCode)}
              </a>
            ),
          },
        ]}
      />
    </Card>
  );
}

function Recipients({ of, today }: { of: readonly RecipientOfPayee[]; today: string }) {
  const t = useText();
  const current = of.find(({ endedAt }) => endedAt === null) ?? null;
  const former = of.filter(({ endedAt }) => endedAt !== null);
  return (
    <Card title={t('Người nhận thay', 'Authorised recipient')}>
      {current === null ? (
        <p>{t('Không có: người hưởng tự nhận.', 'None: the beneficiary receives in person.')}</p>
      ) : (
        <>
          {current.authorisedUntil < today && (
            <Callout tone="warning" title={t('Giấy ủy quyền đã hết hạn', 'The paper has expired')}>
              {t(
                'Cần giấy ủy quyền mới; gửi trong danh sách kỳ tới.',
                'A new paper is needed; send it in the next list.',
              )}
            </Callout>
          )}
          <Facts
            of={[
              { name: t('Họ và tên', 'Full name'), value: current.fullName },
              { name: t('Số định danh', 'Personal number'), value: current.personalNumber },
              {
                name: t('Giấy ủy quyền đến hết ngày', 'Authorised until'),
                value: <Day iso={current.authorisedUntil} />,
              },
            ]}
          />
        </>
      )}
      {former.length > 0 && (
        <Disclosure summary={t(`Trước đây (${former.length})`, `Before (${former.length})`)}>
          <ul>
            {former.map((recipient) => (
              <li>
                {recipient.fullName}, {t('đến ', 'until ')}
                <Day iso={recipient.authorisedUntil} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </Card>
  );
}

function Entitlements({ of, id }: { of: Page<EntitlementView>; id: string }) {
  const t = useText();
  return (
    <Card
      title={t('Các khoản được hưởng', 'Entitlements')}
      isFlush
      actions={
        <a class="btn btn-sm" href={href('/entitlements', { person: id })}>
          {t('Xem tất cả', 'See all')}
        </a>
      }
    >
      <Table
        caption={t('Các khoản được hưởng, mới nhất trước', 'Entitlements, the newest first')}
        rows={of.items}
        columns={useEntitlementColumns({ withPerson: false })}
        empty={t('Chưa có khoản nào.', 'There is none yet.')}
      />
      {of.nextCursor !== null && (
        <p class="card-note">
          {t(
            `Chỉ gồm ${formatCount(of.items.length)} khoản mới nhất.`,
            `Only the newest ${formatCount(of.items.length)} are shown.`,
          )}
        </p>
      )}
    </Card>
  );
}

function History({ of }: { of: readonly HistoryOfPayee[] }) {
  const t = useText();
  const names = useNames();
  return (
    <Card title={t('Lịch sử hồ sơ, mới nhất trước', 'History, the newest first')}>
      <Timeline
        of={of.map((entry) => {
          const link = causeLink(entry.cause);
          const code = entry.detail['reasonCode'];
          return {
            at: entry.at,
            title: t(happenedText(entry.happened)),
            by: entry.actorKind === 'system' ? t('hệ thống', 'the system') : entry.actorName,
            children: (
              <p class="mb-0">
                {typeof code === 'string' && `${t(names.reason(code))}. `}
                {link ? <a href={link.href}>{t(link.text)}</a> : t(causeText(entry.cause))}
              </p>
            ),
          };
        })}
      />
    </Card>
  );
}
