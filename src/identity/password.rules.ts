import { foldText } from '../kernel/index.js';
import { passwordTooWeak } from './identity.errors.js';

export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 256;
const DISTINCT_MIN = 5;

/**
 * NIST SP 800-63B: length counts, composition rules do not; what can be guessed from the login is refused.
 * @throws DomainError `identity.password-too-weak`
 */
export function assertPassword(password: string, login: string): void {
  const characters = [...password.normalize('NFC')];
  const weak =
    characters.length < PASSWORD_MIN_LENGTH ||
    new Set(characters).size < DISTINCT_MIN ||
    foldText(password).includes(login);
  if (weak) throw passwordTooWeak(PASSWORD_MIN_LENGTH);
}
