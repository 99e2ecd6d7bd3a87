import { statesOf, TERMS, type Figure, type MoneyOf } from '../../reports/index.js';
import { Count, Equation, href, Money, useText, type Term } from '../kit/index.js';
import { TERM_TEXTS } from './home.texts.js';

/** approved = paid + failed + returned + in flight + unknown (+ cancelled, when there is any). */
export function MoneyEquation({ money, month }: { money: MoneyOf; month: string }) {
  const t = useText();
  const programme = money.programme;
  const term = (name: keyof typeof TERM_TEXTS, figure: Figure, to: string): Term => ({
    label: t(TERM_TEXTS[name]),
    figure: (
      <>
        <Money amount={figure.total} />
        <span class="equation-count">
          <Count of={figure.count} /> {t('khoản', 'payments')}
        </span>
      </>
    ),
    href: to,
  });
  const shown = TERMS.filter((name) => name !== 'cancelled' || money.terms.cancelled.count > 0);
  return (
    <Equation
      holds={money.holds}
      whole={term(
        'approved',
        money.approved,
        href('/batches', { month, programme, state: 'approved' }),
      )}
      parts={shown.map((name) =>
        term(
          name,
          money.terms[name],
          href('/payments', { month, programme, state: statesOf(name) }),
        ),
      )}
    />
  );
}
