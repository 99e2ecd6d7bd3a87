import type { DomainError } from '../../kernel/index.js';
import { Callout, Field, Submit, useText } from '../kit/index.js';

/** Signing in. */
export function SignInPage(props: { next: string; login: string; refusal?: DomainError }) {
  const t = useText();
  return (
    <section class="card">
      <div class="card-body">
        <p>
          {t(
            'Dành cho cán bộ lập bảng, kế toán trưởng, chủ tài khoản, giám sát và quản trị.',
            'For preparers, chief accountants, account holders, monitors and administrators.',
          )}
        </p>
        {props.refusal && (
          <Callout tone="danger" title={t('Chưa đăng nhập được', 'Not signed in')}>
            {t(props.refusal.text)}
          </Callout>
        )}
        <form method="post" action="/sign-in" data-once="">
          <input type="hidden" name="next" value={props.next} />
          <Field
            name="login"
            label={t('Tên đăng nhập', 'Login')}
            value={props.login}
            autoComplete="username"
            required
          />
          <Field
            name="password"
            type="password"
            label={t('Mật khẩu', 'Password')}
            autoComplete="current-password"
            required
          />
          <Submit>{t('Đăng nhập', 'Sign in')}</Submit>
        </form>
        <p class="form-hint mt-3">
          {t(
            'Quên mật khẩu: xin nhờ người quản trị đặt lại.',
            'Forgot the password: please ask the administrator to set a new one.',
          )}
        </p>
      </div>
    </section>
  );
}
