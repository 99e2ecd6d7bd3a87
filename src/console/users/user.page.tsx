import type { AuditRow } from '../../audit/index.js';
import { maySign, type LiveSession, type UserRow } from '../../identity/index.js';
import { AuditSentence } from '../audit/audit.sentence.js';
import {
  Callout,
  Card,
  Disclosure,
  Facts,
  Form,
  href,
  Moment,
  None,
  Radios,
  SIGNATURE_TEXTS,
  Submit,
  Timeline,
  useConsole,
  useText,
} from '../kit/index.js';
import { NewPassword } from './new-user.page.js';
import { ChangeRoles, Enable } from './user-changes.js';
import { Sessions } from './user-sessions.js';
import { Roles, Signature, UserState } from './users.page.js';

export interface UserProps {
  readonly user: UserRow;
  readonly lastSeen: Date | null;
  /** Where they are signed in now; a bounded number, the last seen first. */
  readonly sessions: readonly LiveSession[];
  /** The latest things this person did. */
  readonly acts: readonly AuditRow[];
}

/** One person: who they are, what they did last, and what an administrator may do about them. */
export function UserPage({ user, lastSeen, sessions, acts }: UserProps) {
  const t = useText();
  return (
    <div class="columns">
      <div>
        <Card title={t('Thông tin', 'Particulars')}>
          <Facts
            of={[
              { name: t('Tên đăng nhập', 'Login'), value: user.login },
              { name: t('Vai trò', 'Roles'), value: <Roles of={user.roles} /> },
              { name: t('Chữ ký', 'Signature'), value: <SignatureSince user={user} /> },
              { name: t('Tình trạng', 'State'), value: <UserState of={user} /> },
              user.disabledAt !== null && {
                name: t('Khóa lúc', 'Disabled at'),
                value: <Moment at={user.disabledAt} />,
              },
              { name: t('Tạo lúc', 'Created at'), value: <Moment at={user.createdAt} /> },
              {
                name: t('Đặt mật khẩu lúc', 'Password set at'),
                value: <Moment at={user.passwordChangedAt} />,
              },
              {
                name: t('Đăng nhập lần cuối', 'Last signed in'),
                value: lastSeen ? <Moment at={lastSeen} /> : <None />,
              },
            ]}
          />
          <p class="mt-3 mb-0">
            <a href="/admin/users/roles">
              {t(
                'Vai trò này được và không được làm gì?',
                'What may these roles do, and what not?',
              )}
            </a>
          </p>
        </Card>
        <Management user={user} />
      </div>
      <div>
        <Sessions user={user} sessions={sessions} />
        <Acts user={user} acts={acts} />
      </div>
    </div>
  );
}

function SignatureSince({ user }: { user: UserRow }) {
  const t = useText();
  if (!user.signature) return <None />;
  return (
    <>
      <Signature of={user.signature} />, {t('đăng ký lúc', 'registered at')}{' '}
      <Moment at={user.signatureSince} />
    </>
  );
}

function Acts({ user, acts }: Pick<UserProps, 'user' | 'acts'>) {
  const t = useText();
  return (
    <Card title={t('Việc đã làm gần đây', 'What they did lately')}>
      {acts.length === 0 ? (
        <p>{t('Chưa làm gì trong hệ thống.', 'Nothing yet.')}</p>
      ) : (
        <Timeline of={acts.map((row) => ({ at: row.at, title: <AuditSentence of={row} /> }))} />
      )}
      <p>
        <a href={href('/admin/audit', { who: user.login })}>
          {t('Mọi việc người này đã làm', 'Everything this person did')}
        </a>{' '}
        ·{' '}
        <a href={href('/admin/audit', { thing: 'user', id: user.id })}>
          {t('Mọi việc về tài khoản này', 'Everything about this account')}
        </a>
      </p>
    </Card>
  );
}

function Management({ user }: { user: UserRow }) {
  const { viewer } = useConsole();
  const t = useText();
  if (user.disabledAt) return <Enable user={user} />;
  const isSelf = viewer?.id === user.id;
  return (
    <Card title={t('Việc quản trị', 'What you may do')}>
      {isSelf ? (
        <p>
          {t(
            'Đây là tài khoản của bạn: không ai tự đổi vai trò hay tự khóa mình; việc đó nhờ một quản trị khác. Đổi mật khẩu ở',
            'This is you: nobody changes their own roles or disables themselves; another administrator does. Change your password at',
          )}{' '}
          <a href="/account">{t('Tài khoản của tôi', 'My account')}</a>.
        </p>
      ) : (
        <>
          <SetPassword user={user} />
          <ChangeRoles user={user} />
        </>
      )}
      {!user.signature && <RegisterSignature user={user} />}
      {!isSelf && <Disable user={user} />}
    </Card>
  );
}

function SetPassword({ user }: { user: UserRow }) {
  const t = useText();
  return (
    <Disclosure summary={t('Đặt mật khẩu mới', 'Set a new password')}>
      <p>
        {t(
          'Người này sẽ phải đăng nhập lại ở mọi máy. Đưa mật khẩu tận tay, không gửi qua thư; nhắc họ đổi ngay.',
          'The person has to sign in anew everywhere. Hand the password over in person, and ask them to change it at once.',
        )}
      </p>
      <Form action={`/admin/users/${user.id}/password`}>
        <NewPassword />
        <Submit>{t('Đặt mật khẩu', 'Set the password')}</Submit>
      </Form>
    </Disclosure>
  );
}

function RegisterSignature({ user }: { user: UserRow }) {
  const t = useText();
  if (!maySign(user.roles)) {
    return (
      <p class="text-secondary">
        {t(
          'Không đăng ký chữ ký được: chỉ kế toán trưởng và chủ tài khoản ký.',
          'No signature can be registered: only chief accountants and account holders sign.',
        )}
      </p>
    );
  }
  return (
    <Disclosure summary={t('Đăng ký chữ ký…', 'Register a signature…')} tone="danger">
      <Callout tone="warning" title={t('Không đổi lại được', 'This cannot be undone')}>
        {t(
          `${user.displayName} sẽ mãi mãi chỉ ký đúng loại đã đăng ký: ai ký thứ nhất thì không bao giờ ký thứ hai, và ngược lại.`,
          `${user.displayName} will give this signature for ever: whoever signs first never signs second, nor the other way round.`,
        )}
      </Callout>
      <Form action={`/admin/users/${user.id}/signature`}>
        <Radios
          name="signature"
          label={t('Loại chữ ký', 'Which signature')}
          choices={[
            { value: 'second', text: SIGNATURE_TEXTS.second },
            { value: 'first', text: SIGNATURE_TEXTS.first },
          ]}
          required
        />
        <Submit tone="danger">{t('Đăng ký vĩnh viễn', 'Register for ever')}</Submit>
      </Form>
    </Disclosure>
  );
}

function Disable({ user }: { user: UserRow }) {
  const t = useText();
  return (
    <Disclosure summary={t('Khóa tài khoản…', 'Disable the account…')} tone="danger">
      <Callout tone="warning" title={t('Có hiệu lực ngay', 'This holds at once')}>
        {t(
          `${user.displayName} bị đưa ra khỏi hệ thống ngay và không đăng nhập được nữa, cho tới khi được mở lại với mật khẩu mới. Chữ ký đã ký vẫn có giá trị; đợt chi đang chờ người này ký sẽ cần người khác.`,
          `${user.displayName} is put out at once and cannot sign in until the account is enabled again under a new password. What they signed stays valid; what waits for them needs somebody else.`,
        )}
      </Callout>
      <Form action={`/admin/users/${user.id}/disable`}>
        <Submit tone="danger">{t('Khóa tài khoản này', 'Disable this account')}</Submit>
      </Form>
    </Disclosure>
  );
}
