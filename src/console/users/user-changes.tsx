import type { UserRow } from '../../identity/index.js';
import { Callout, Card, Disclosure, Form, ROLE_TEXTS, Submit, useText } from '../kit/index.js';
import { NewPassword, RoleChecks } from './new-user.page.js';

/** Other roles for somebody who may come in. */
export function ChangeRoles({ user }: { user: UserRow }) {
  const t = useText();
  return (
    <Disclosure summary={t('Đổi vai trò…', 'Change the roles…')} tone="danger">
      <Callout tone="warning" title={t('Có hiệu lực ngay', 'This holds at once')}>
        {t(
          `${user.displayName} bị đưa ra khỏi mọi máy và đăng nhập lại với vai trò mới. Việc đã làm và đã ký vẫn giữ nguyên.`,
          `${user.displayName} is put out everywhere and signs in anew with the new roles. What they did and signed stays.`,
        )}
      </Callout>
      {user.signature && (
        <p>
          {t(
            'Người này đã đăng ký chữ ký nên phải giữ một vai trò được ký: ',
            'This person is registered for a signature and keeps one of the roles that sign: ',
          )}
          {t(ROLE_TEXTS.chief_accountant)}, {t(ROLE_TEXTS.account_holder)}.
        </p>
      )}
      <Form action={`/admin/users/${user.id}/roles`}>
        <RoleChecks chosen={user.roles} />
        <Submit tone="danger">{t('Đổi vai trò', 'Change the roles')}</Submit>
      </Form>
    </Disclosure>
  );
}

/** Somebody who was shut out comes back. */
export function Enable({ user }: { user: UserRow }) {
  const t = useText();
  return (
    <Card title={t('Tài khoản đã khóa', 'This account is disabled')}>
      <p>
        {t(
          'Người này không đăng nhập được nữa; việc đã làm vẫn giữ nguyên.',
          'This person cannot sign in any more; what they did stays.',
        )}
      </p>
      <Disclosure summary={t('Mở lại tài khoản…', 'Enable the account again…')} tone="danger">
        <p>
          {t(
            'Người này trở lại với vai trò và chữ ký như trước. Mật khẩu cũ không dùng lại được: đặt mật khẩu mới, đưa tận tay, nhắc họ đổi ngay.',
            'The person comes back with the roles and the signature they had. The old password is gone: set a new one, hand it over in person, and ask them to change it at once.',
          )}
        </p>
        <Form action={`/admin/users/${user.id}/enable`}>
          <NewPassword />
          <Submit tone="danger">{t('Mở lại tài khoản này', 'Enable this account')}</Submit>
        </Form>
      </Disclosure>
    </Card>
  );
}
