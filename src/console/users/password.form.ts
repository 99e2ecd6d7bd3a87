import { z } from 'zod';
import { PASSWORD_MAX_LENGTH } from '../../identity/index.js';
import { say } from '../../platform/http/index.js';

const password = z.string().min(1).max(PASSWORD_MAX_LENGTH);

/** A new password and the same again. */
export const newPasswordFields = { password, passwordAgain: password };

export const passwordsAreOne = (form: { password: string; passwordAgain: string }): boolean =>
  form.password === form.passwordAgain;

export const TWO_PASSWORDS = {
  path: ['passwordAgain'],
  error: say({
    vi: 'Hai lần nhập chưa giống nhau; xin nhập lại cả hai.',
    en: 'The two are not the same; please enter both again.',
  }),
};
