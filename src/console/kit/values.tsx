import { formatDate, formatInstant, Money as Amount } from '../../kernel/index.js';
import { useText } from './context.js';

/** `1.234.567` */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, '.');
}

/** An amount for people: `1.234.567 đ`. Only writes it: nothing is computed here. */
export function formatMoney(amount: string | Amount): string {
  const [whole = '', fraction] = String(amount).replace('-', '−').split('.');
  return `${grouped(whole)}${fraction === undefined ? '' : `,${fraction}`}\u00a0đ`;
}

export function formatCount(count: number | string): string {
  return grouped(String(count));
}

export function Money({ amount }: { amount: string | Amount }) {
  return <span class="money">{formatMoney(amount)}</span>;
}

export function Count({ of }: { of: number | string }) {
  return <span class="count">{formatCount(of)}</span>;
}

/** A date (ISO 8601): `21/11/2026`. */
export function Day({ iso }: { iso: string | null | undefined }) {
  if (!iso) return <None />;
  return <time dateTime={iso}>{formatDate(iso)}</time>;
}

/** An instant: `14:05 21/11/2026` at the office. */
export function Moment({ at }: { at: Date | string | null | undefined }) {
  if (!at) return <None />;
  const instant = typeof at === 'string' ? new Date(at) : at;
  return <time dateTime={instant.toISOString()}>{formatInstant(instant)}</time>;
}

/** Where there is nothing to show. */
export function None() {
  const t = useText();
  return (
    <span class="none">
      <span aria-hidden="true">–</span>
      <span class="visually-hidden">{t('không có', 'none')}</span>
    </span>
  );
}

/** How long ago, in the largest unit that says it: `3 ngày`. */
export function useAge(): (from: Date, to: Date) => string {
  const t = useText();
  return (from, to) => {
    const minutes = Math.max(0, Math.floor((to.getTime() - from.getTime()) / 60_000));
    if (minutes < 60) return t(`${minutes} phút`, `${minutes} min`);
    const hours = Math.floor(minutes / 60);
    if (hours < 48) return t(`${hours} giờ`, `${hours} h`);
    const days = Math.floor(hours / 24);
    return t(`${days} ngày`, `${days} days`);
  };
}
