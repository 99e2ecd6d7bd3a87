import { useText } from './context.js';
import type { Choice } from './fields.js';
import { STATE_TEXTS, stateText, type StateTone, type Thing } from './state.texts.js';

const SIGNS: Readonly<Record<StateTone, string>> = {
  waiting: '○',
  moving: '◔',
  good: '✓',
  bad: '✕',
  doubt: '?',
  over: '–',
};

/** What state a thing is in: a word, with a sign and a colour that say the same. */
export function State({ of, is }: { of: Thing; is: string }) {
  const t = useText();
  const text = stateText(of, is);
  return (
    <span class={`state state-${text.tone}`}>
      <span class="state-sign" aria-hidden="true">
        {SIGNS[text.tone]}
      </span>
      {t(text)}
    </span>
  );
}

/** The states of a thing to choose from in a filter. */
export function stateChoices(thing: Thing): Choice[] {
  return Object.entries(STATE_TEXTS[thing]).map(([value, { vi, en }]) => ({
    value,
    text: { vi, en },
  }));
}
