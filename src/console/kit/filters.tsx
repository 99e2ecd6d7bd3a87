import { formatPeriod, type Bilingual } from '../../kernel/index.js';
import { useNames, useText, type Text } from './context.js';
import { Field, Select } from './fields.js';
import type { Named } from './names.js';
import { stateChoices } from './state.js';
import type { Thing } from './state.texts.js';

const ALL: Bilingual = { vi: 'Tất cả', en: 'All' };

/** What each is called in an address and on a page. */
const NAMED: Readonly<Record<Named, { name: string; label: Bilingual }>> = {
  programme: { name: 'programme', label: { vi: 'Chế độ', en: 'Programme' } },
  fund: { name: 'fund', label: { vi: 'Nguồn kinh phí', en: 'Fund' } },
  commune: { name: 'commune', label: { vi: 'Xã, phường', en: 'Commune' } },
  ourBank: { name: 'bank', label: { vi: 'Ngân hàng', en: 'Bank' } },
  bank: { name: 'payeeBank', label: { vi: 'Ngân hàng người nhận', en: 'Payee’s bank' } },
};

/** A filter of a list by what has a name: `<NameFilter of="programme" value={filter.programme} />`. */
export function NameFilter(props: {
  readonly of: Named;
  readonly value: string | undefined;
  /** In the address, where it is another one. */
  readonly name?: string;
  readonly label?: Text;
}) {
  const names = useNames();
  const { name, label } = NAMED[props.of];
  return (
    <Select
      name={props.name ?? name}
      label={props.label ?? label}
      any={ALL}
      value={props.value}
      choices={names.choices(props.of)}
    />
  );
}

/** A filter by the state of the things listed. */
export function StateFilter(props: { readonly of: Thing; readonly value: string | undefined }) {
  return (
    <Select
      name="state"
      label={{ vi: 'Tình trạng', en: 'State' }}
      any={ALL}
      value={props.value}
      choices={stateChoices(props.of)}
    />
  );
}

/** A filter by the period that something is for, as officers write it. */
export function PeriodFilter({ value }: { readonly value: string | undefined }) {
  const t = useText();
  return (
    <Field
      name="period"
      label={t('Kỳ (11/2026 hoặc 2026)', 'Period (11/2026 or 2026)')}
      value={value === undefined ? undefined : formatPeriod(value)}
      width="short"
    />
  );
}
