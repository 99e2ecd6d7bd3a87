import { ROLES, type UserRow } from '../../identity/index.js';
import {
  Badge,
  Card,
  Empty,
  Field,
  FilterBar,
  Moment,
  None,
  Pager,
  ROLE_TEXTS,
  Select,
  SIGNATURE_TEXTS,
  Table,
  Tabs,
  useText,
} from '../kit/index.js';

export interface UserListProps {
  readonly filter: { readonly q?: string; readonly role?: string; readonly state?: string };
  readonly users: readonly UserRow[];
  readonly nextCursor: string | null;
  /** When each signed in last. */
  readonly lastSeen: ReadonlyMap<string, Date>;
}

/** Who may come in. */
export function UserList({ filter, users, nextCursor, lastSeen }: UserListProps) {
  const t = useText();
  return (
    <>
      <UserTabs />
      <FilterBar action="/admin/users">
        <Field
          name="q"
          type="search"
          label={t('Tên hoặc tên đăng nhập', 'Name or login')}
          value={filter.q}
        />
        <Select
          name="role"
          label={t('Vai trò', 'Role')}
          any={t('Mọi vai trò', 'Any role')}
          value={filter.role}
          choices={ROLES.map((role) => ({ value: role, text: ROLE_TEXTS[role] }))}
        />
        <Select
          name="state"
          label={t('Tình trạng', 'State')}
          any={t('Mọi tình trạng', 'Any state')}
          value={filter.state}
          choices={[
            { value: 'active', text: { vi: 'Đang dùng', en: 'Active' } },
            { value: 'disabled', text: { vi: 'Đã khóa', en: 'Disabled' } },
          ]}
        />
      </FilterBar>
      <Card isFlush>
        <UserTable users={users} lastSeen={lastSeen} />
      </Card>
      <Pager nextCursor={nextCursor} />
    </>
  );
}

export function NewUserLink() {
  const t = useText();
  return (
    <a class="btn btn-primary" href="/admin/users/new">
      {t('Thêm người dùng', 'New user')}
    </a>
  );
}

export function UserTabs() {
  return (
    <Tabs
      of={[
        { href: '/admin/users', text: { vi: 'Danh sách', en: 'People' } },
        {
          href: '/admin/users/roles',
          text: { vi: 'Ai được và không được làm gì', en: 'Who may and may not do what' },
        },
      ]}
    />
  );
}

function UserTable({ users, lastSeen }: Pick<UserListProps, 'users' | 'lastSeen'>) {
  const t = useText();
  return (
    <Table
      caption={t('Người dùng', 'Users')}
      rows={users}
      empty={
        <Empty title={t('Không có người dùng nào khớp.', 'No user matches.')}>
          <p>
            {t(
              'Thử gõ một phần của tên, hoặc bỏ bớt điều kiện lọc.',
              'Try a part of the name, or fewer filters.',
            )}
          </p>
        </Empty>
      }
      columns={[
        {
          head: t('Họ tên', 'Name'),
          isName: true,
          cell: (user) => <a href={`/admin/users/${user.id}`}>{user.displayName}</a>,
        },
        { head: t('Tên đăng nhập', 'Login'), cell: (user) => user.login },
        { head: t('Vai trò', 'Roles'), cell: (user) => <Roles of={user.roles} /> },
        { head: t('Chữ ký', 'Signature'), cell: (user) => <Signature of={user.signature} /> },
        { head: t('Tình trạng', 'State'), cell: (user) => <UserState of={user} /> },
        {
          head: t('Đăng nhập lần cuối', 'Last signed in'),
          cell: (user) => <Moment at={lastSeen.get(user.id)} />,
        },
      ]}
    />
  );
}

export function Roles({ of }: { of: UserRow['roles'] }) {
  const t = useText();
  return <>{of.map((role) => t(ROLE_TEXTS[role])).join(', ')}</>;
}

export function Signature({ of }: { of: UserRow['signature'] }) {
  const t = useText();
  return of ? <>{t(SIGNATURE_TEXTS[of])}</> : <None />;
}

export function UserState({ of }: { of: Pick<UserRow, 'disabledAt'> }) {
  return of.disabledAt ? (
    <Badge tone="over" text={{ vi: 'Đã khóa', en: 'Disabled' }} />
  ) : (
    <Badge tone="good" text={{ vi: 'Đang dùng', en: 'Active' }} />
  );
}
