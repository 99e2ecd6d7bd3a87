import { z } from 'zod';
import { say } from '../platform/http/index.js';
import { loginMalformed } from './identity.errors.js';

/** A login as it is stored: lower case, 3 to 64 of a–z, 0–9, dot, dash, underscore. API keys are named alike. */
export const loginSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]$/,
    say({
      vi: 'gồm 3–64 ký tự a–z, 0–9, dấu chấm, gạch nối, gạch dưới; bắt đầu và kết thúc bằng chữ hoặc số',
      en: 'has 3–64 of a–z, 0–9, dot, dash and underscore, and begins and ends with a letter or digit',
    }),
  );

/** @throws DomainError `identity.login-malformed` */
export function parseLogin(text: string): string {
  const parsed = loginSchema.safeParse(text);
  if (!parsed.success) throw loginMalformed();
  return parsed.data;
}
