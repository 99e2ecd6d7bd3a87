import { useWords, type Text } from './context.js';
import type { Choice } from './choice.js';
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
  const { tone, vi, en } = stateText(of, is);
  return <Badge tone={tone} text={{ vi, en }} />;
}

/** The same for what has no lifecycle: a word, a sign and a colour. */
export function Badge({ tone, text }: { tone: StateTone; text: Text }) {
  const words = useWords();
  return (
    <span class={`state state-${tone}`}>
      <span class="state-sign" aria-hidden="true">
        {SIGNS[tone]}
      </span>
      {words(text)}
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
