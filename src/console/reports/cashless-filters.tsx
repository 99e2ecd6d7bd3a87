import type { ComponentChildren } from 'preact';
import { formatPeriod } from '../../kernel/index.js';
import { Field, FilterBar, Select, useText, type Choice } from '../kit/index.js';

/** Period, programme and commune; and what the page adds. */
export function CashlessFilters(props: {
  readonly action: string;
  readonly filter: { period: string; programme?: string; commune?: string };
  readonly choices: { readonly programme: Choice[]; readonly commune: Choice[] };
  readonly children?: ComponentChildren;
}) {
  const { filter, choices } = props;
  const t = useText();
  const all = t('Tất cả', 'All');
  return (
    <FilterBar action={props.action}>
      <Field
        name="period"
        label={t('Kỳ (11/2026 hoặc 2026)', 'Period (11/2026 or 2026)')}
        value={formatPeriod(filter.period)}
        width="short"
      />
      <Select
        name="programme"
        label={t('Chế độ', 'Programme')}
        value={filter.programme}
        any={all}
        choices={choices.programme}
      />
      <Select
        name="commune"
        label={t('Xã, phường', 'Commune')}
        value={filter.commune}
        any={all}
        choices={choices.commune}
      />
      {props.children}
    </FilterBar>
  );
}
