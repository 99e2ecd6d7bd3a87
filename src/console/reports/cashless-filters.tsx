import type { ComponentChildren } from 'preact';
import { FilterBar, NameFilter, PeriodFilter } from '../kit/index.js';

/** Period, programme and commune; and what the page adds. */
export function CashlessFilters(props: {
  readonly action: string;
  readonly filter: { period: string; programme?: string; commune?: string };
  readonly children?: ComponentChildren;
}) {
  const { filter } = props;
  return (
    <FilterBar action={props.action}>
      <PeriodFilter value={filter.period} />
      <NameFilter of="programme" value={filter.programme} />
      <NameFilter of="commune" value={filter.commune} />
      {props.children}
    </FilterBar>
  );
}
