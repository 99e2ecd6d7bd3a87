import type { Bilingual } from '../../kernel/index.js';
import { Card, useConsole, useText, type Crumb } from '../kit/index.js';
import type { Permission } from '../../identity/index.js';

export const REPORTS: Crumb = { href: '/reports', text: { vi: 'Báo cáo', en: 'Reports' } };

const OFFERED: readonly {
  href: string;
  permission: Permission;
  name: Bilingual;
  what: Bilingual;
}[] = [
  {
    href: '/reports/payments',
    permission: 'payment.read',
    name: { vi: 'Kết quả chi trả', en: 'Payments' },
    what: {
      vi: 'Đã chi, bị từ chối, bị hoàn trả, đang chi: theo chế độ, xã, ngân hàng, nguồn, tháng.',
      en: 'Paid, failed, returned, in flight: by programme, commune, bank, fund, month.',
    },
  },
  {
    href: '/reports/cashless',
    permission: 'beneficiary.read',
    name: { vi: 'Tỷ lệ chi trả không dùng tiền mặt', en: 'Share paid without cash' },
    what: {
      vi: 'Từng xã: bao nhiêu người có tài khoản, đã xác minh, được chi qua tài khoản; so với chỉ tiêu; ai còn nhận tiền mặt.',
      en: 'By commune: who has an account, a verified one, was paid into it; against the target; who is still paid in cash.',
    },
  },
  {
    href: '/reports/unpaid',
    permission: 'entitlement.read',
    name: { vi: 'Danh sách chưa chi', en: 'Unpaid list' },
    what: {
      vi: 'Ai chưa được chi trong kỳ và vì sao, kể cả khoản kỳ trước chuyển sang; để trả trước ngày 20.',
      en: 'Who was not paid for the period and why, with what is carried over; to be returned before the 20th.',
    },
  },
];

/** What there is to ask. */
export function ReportsPage() {
  const t = useText();
  const { may } = useConsole();
  return (
    <>
      {OFFERED.filter(({ permission }) => may(permission)).map(({ href, name, what }) => (
        <Card title={name}>
          <p>{t(what)}</p>
          <a class="btn btn-primary" href={href}>
            {t(`Mở báo cáo: ${name.vi}`, `Open: ${name.en}`)}
          </a>
        </Card>
      ))}
    </>
  );
}
