import type { TimelineEntry } from '../../settlements/index.js';
import type { Bilingual } from '../../kernel/index.js';
import { railName } from '../runs/rail.words.js';
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

const ROUTED = 'routing.';

/** Without the codes that programs read: an officer is told what they mean. */
function wordsOf({ event, text, reasonCode }: Told): Bilingual {
  if (event.startsWith(ROUTED)) {
    const rail = railName(event.slice(ROUTED.length));
    return { vi: `Đi qua ${rail.vi.toLowerCase()}`, en: `Goes by the ${rail.en.toLowerCase()}` };
  }
  if (reasonCode === null) return text;
  const bare = (said: string): string => said.replace(`${reasonCode} `, '');
  return { vi: bare(text.vi), en: bare(text.en) };
}

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
        title: t(wordsOf(entry)),
        by: whoIs(entry),
        tone: entry.event.startsWith('conflict.') ? 'danger' : TONES[entry.event],
      }))}
    />
  );
}
