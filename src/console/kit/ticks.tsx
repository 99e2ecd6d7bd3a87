import { useTicked } from './form.js';
import { useText, useWords, type Text } from './context.js';

/** The box of a row: which rows a form is about. `label` says whose row it is. */
export function Tick(props: {
  readonly name: string;
  readonly value: string;
  readonly label: Text;
}) {
  const words = useWords();
  const ticked = useTicked(props.name);
  return (
    <label class="tick">
      <input
        class="form-check-input"
        type="checkbox"
        name={props.name}
        value={props.value}
        checked={ticked?.has(props.value)}
      />
      <span class="visually-hidden">{words(props.label)}</span>
    </label>
  );
}

/** Ticks all rows of the page; with script only, since it only saves clicks. */
export function TickAll({ name }: { name: string }) {
  const t = useText();
  return (
    <label class="tick-all needs-script">
      <input class="form-check-input" type="checkbox" data-all={name} />
      {t('Chọn tất cả dòng trên trang này', 'Tick all rows of this page')}
    </label>
  );
}
