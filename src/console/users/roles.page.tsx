import { PERMISSIONS, ROLE_PERMISSIONS, ROLES, type Permission } from '../../identity/index.js';
import type { Bilingual } from '../../kernel/index.js';
import { Card, PERMISSION_TEXTS, ROLE_TEXTS, Table, useText } from '../kit/index.js';
import { UserTabs } from './users.page.js';

/** What no role changes: kept by the use cases and by the database. */
const ALWAYS: readonly Bilingual[] = [
  {
    vi: 'Không ai ký đợt chi do chính mình lập, dù có những vai trò gì.',
    en: 'Nobody signs a batch that they prepared, whatever their roles.',
  },
  { vi: 'Không ai ký hai lần trên một đợt chi.', en: 'Nobody signs one batch twice.' },
  {
    vi: 'Người ký thứ nhất không bao giờ ký thứ hai, và ngược lại; đăng ký rồi không đổi.',
    en: 'Who signs first never signs second, nor the other way round; a registration does not change.',
  },
  {
    vi: 'Người đề nghị kết luận một khoản chưa rõ kết quả không ký kết luận đó.',
    en: 'Who proposes how an unknown outcome ends does not sign it.',
  },
  {
    vi: 'Sau khi trình, không ai sửa được đợt chi: chỉ trả lại, rồi lập và ký từ đầu.',
    en: 'A proposed batch is changed by nobody: it is returned, prepared and signed anew.',
  },
  {
    vi: 'Khóa API không ký, không kết luận khoản chưa rõ, không xác nhận tài khoản, không quản lý người dùng.',
    en: 'API keys sign nothing, rule on no doubt, confirm no account and manage no people.',
  },
  {
    vi: 'Không ai xóa hay sửa được nhật ký kiểm toán.',
    en: 'Nobody deletes or changes the audit trail.',
  },
];

/** Who may do what, and who never does. From the very table that the program asks. */
export function RolesPage() {
  const t = useText();
  const reads = PERMISSIONS.filter((permission) => permission.endsWith('.read'));
  const orders = PERMISSIONS.filter((permission) => !permission.endsWith('.read'));
  return (
    <>
      <UserTabs />
      <Card title={t('Không bao giờ, với bất kỳ ai', 'Never, for anybody')}>
        <ul>
          {ALWAYS.map((rule) => (
            <li>{t(rule)}</li>
          ))}
        </ul>
      </Card>
      <Card title={t('Việc được làm', 'What each role does')} isFlush>
        <Matrix caption={t('Việc theo vai trò', 'Acts by role')} of={orders} />
      </Card>
      <Card title={t('Nội dung được xem', 'What each role sees')} isFlush>
        <Matrix caption={t('Quyền xem theo vai trò', 'Views by role')} of={reads} />
      </Card>
    </>
  );
}

function Matrix({ caption, of }: { caption: string; of: readonly Permission[] }) {
  const t = useText();
  return (
    <Table
      caption={caption}
      rows={of}
      columns={[
        {
          head: t('Việc', 'Act'),
          isName: true,
          cell: (permission) => t(PERMISSION_TEXTS[permission]),
        },
        ...ROLES.map((role) => ({
          head: ROLE_TEXTS[role],
          cell: (permission: Permission) => (
            <YesOrNo is={ROLE_PERMISSIONS[role].includes(permission)} />
          ),
        })),
      ]}
    />
  );
}

function YesOrNo({ is }: { is: boolean }) {
  const t = useText();
  return is ? (
    <span class="state state-good">
      <span class="state-sign" aria-hidden="true">
        ✓
      </span>
      {t('Được', 'Yes')}
    </span>
  ) : (
    <span class="text-secondary">{t('Không', 'No')}</span>
  );
}
