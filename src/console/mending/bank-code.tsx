import { Disclosure, useText } from '../kit/index.js';

/** What the bank itself said, shut until somebody needs it: to quote it on the telephone, say. */
export function BankCode({ code, text }: { code: string; text?: string | null }) {
  const t = useText();
  return (
    <Disclosure summary={t('Nguyên văn của ngân hàng', 'The bank’s own words')}>
      <p class="mb-0">
        {t('Mã:', 'Code:')} {code}
        {text && (
          <span class="side-note">
            {t('Ngân hàng ghi:', 'The bank wrote:')} {text}
          </span>
        )}
      </p>
    </Disclosure>
  );
}
