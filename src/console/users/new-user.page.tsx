import { PASSWORD_MIN_LENGTH, ROLES, type Role } from '../../identity/index.js';
import { Card, Checks, Field, Form, ROLE_TEXTS, Submit, useText } from '../kit/index.js';

/** What each role is for, beside its box. */
const ROLE_HINTS = {
  preparer: {
    vi: 'Nhận danh sách, lập và trình đợt chi, sửa khoản bị trả về. Không ký.',
    en: 'Brings lists, prepares batches, mends what came back. Does not sign.',
  },
  chief_accountant: {
    vi: 'Ký thứ hai, ghi kinh phí được giao. Không lập đợt chi.',
    en: 'Signs second, enters allotments. Does not prepare batches.',
  },
  account_holder: {
    vi: 'Ký thứ nhất, quyết định chi. Không lập đợt chi.',
    en: 'Signs first and so decides to pay. Does not prepare batches.',
  },
  monitor: {
    vi: 'Xem mọi thứ và nhận cảnh báo. Không làm thay đổi tiền.',
    en: 'Sees everything and takes over alerts. Moves no money.',
  },
  administrator: {
    vi: 'Quản lý người dùng, khóa API, sửa hồ sơ người hưởng. Không lập, không ký.',
    en: 'Manages people and keys, mends beneficiaries. Neither prepares nor signs.',
  },
} as const;

/** Somebody new. The signature is registered afterwards, with a question of its own: it is for ever. */
export function NewUser() {
  const t = useText();
  return (
    <Card>
      <Form action="/admin/users">
        <Field
          name="displayName"
          label={t('Họ và tên', 'Name')}
          hint={t(
            'Như trên giấy tờ; tên này đứng dưới chữ ký trên danh sách chi.',
            'As on papers; this name stands below the signature on payment lists.',
          )}
          maxLength={140}
          required
        />
        <Field
          name="login"
          label={t('Tên đăng nhập', 'Login')}
          hint={t(
            'Chữ thường không dấu, số, dấu chấm; ví dụ: an.nv. Sau này không đổi được.',
            'Lower-case letters, digits and dots, such as an.nv. It does not change later.',
          )}
          maxLength={64}
          width="medium"
          required
        />
        <RoleChecks />
        <NewPassword />
        <p class="form-hint">
          {t(
            'Chữ ký được đăng ký ở trang của người đó, sau khi tạo.',
            'A signature is registered on the person’s own page, afterwards.',
          )}
        </p>
        <Submit>{t('Tạo người dùng', 'Create the user')}</Submit>
      </Form>
    </Card>
  );
}

/** The roles to tick, each with what it is for. */
export function RoleChecks({ chosen }: { chosen?: readonly Role[] }) {
  const t = useText();
  return (
    <Checks
      name="roles"
      label={t('Vai trò (chọn ít nhất một)', 'Roles (at least one)')}
      hint={t(
        'Dù có nhiều vai trò, không ai ký được đợt chi do chính mình lập, và không ai ký hai lần.',
        'Whatever the roles, nobody signs what they prepared, and nobody signs twice.',
      )}
      chosen={chosen}
      choices={ROLES.map((role) => ({
        value: role,
        text: ROLE_TEXTS[role],
        hint: ROLE_HINTS[role],
      }))}
    />
  );
}

/** A password, twice, since nobody sees what they type. */
export function NewPassword() {
  const t = useText();
  return (
    <>
      <Field
        name="password"
        type="password"
        label={t('Mật khẩu mới', 'New password')}
        hint={t(
          `Ít nhất ${PASSWORD_MIN_LENGTH} ký tự, không chứa tên đăng nhập. Vài từ ghép lại dễ nhớ và khó đoán.`,
          `At least ${PASSWORD_MIN_LENGTH} characters, without the login. A few words are easy to keep and hard to guess.`,
        )}
        autoComplete="new-password"
        width="medium"
        required
      />
      <Field
        name="passwordAgain"
        type="password"
        label={t('Nhập lại mật khẩu mới', 'The new password again')}
        autoComplete="new-password"
        width="medium"
        required
      />
    </>
  );
}
