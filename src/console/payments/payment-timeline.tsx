import type { TimelineEntry } from '../../settlements/index.js';
import { Timeline, useNames, useText, type Tone } from '../kit/index.js';

export type Told = TimelineEntry;

const TONES: Readonly<Record<string, Tone>> = {
  'payment.settled': 'success',
  'entitlement.paid': 'success',
  'payment.rejected': 'danger',
  'payment.returned': 'danger',
  'payment.unknown': 'warning',
  'batch.returned': 'warning',
  'run.paused': 'warning',
};

/** People, the system and the bank, in the order of what happened. */
export function PaymentTimeline(props: {
  readonly told: readonly Told[];
  readonly people: ReadonlyMap<string, string>;
  readonly bank: string;
}) {
  const t = useText();
  const names = useNames();
  const whoIs = ({ by, person }: Told): string => {
    switch (by) {
      case 'people':
        return person === null ? t('Cán bộ', 'An officer') : (props.people.get(person) ?? person);
      case 'bank':
        return names.ourBank(props.bank);
      case 'system':
        return t('Hệ thống', 'The system');
    }
  };
  return (
    <Timeline
      of={props.told.map((entry) => ({
        at: entry.at,
        title: t(entry.text),
        by: whoIs(entry),
        tone: entry.event.startsWith('conflict.') ? 'danger' : TONES[entry.event],
      }))}
    />
  );
}
