import type { ComponentChildren } from 'preact';
import type { Bilingual } from '../../kernel/index.js';
import { useText, useWords, type Text } from './context.js';
import type { Choice } from './choice.js';
import { asWritten } from './day-field.js';
import { fieldId } from './field-id.js';
import { useField, useTicked } from './form.js';

interface FieldProps {
  readonly name: string;
  readonly label: Text;
  /** One sentence below the label: what to write, with an example. */
  readonly hint?: Text;
  readonly value?: string;
  readonly required?: boolean;
  /** Where a name stands twice on one page. */
  readonly id?: string;
}

type InputType =
  'text' | 'password' | 'number' | 'date' | 'month' | 'search' | 'email' | 'file' | 'tel';

/** One line to write in. */
export function Field(
  props: FieldProps & {
    readonly type?: InputType;
    readonly autoComplete?: string;
    readonly inputMode?: 'numeric' | 'text' | 'decimal';
    readonly maxLength?: number;
    /** For files: `.xlsx,.csv`. */
    readonly accept?: string;
    readonly list?: string;
    readonly width?: 'short' | 'medium';
  },
) {
  const t = useText();
  const { typed } = useField(props.name);
  const described = useDescription(props);
  const isFile = props.type === 'file';
  const written = WRITTEN[props.type ?? 'text'];
  const value = written && props.value !== undefined ? asWritten(props.value) : props.value;
  return (
    <Labelled {...props}>
      <input
        {...described}
        type={written ? 'text' : (props.type ?? 'text')}
        name={props.name}
        value={isFile || props.type === 'password' ? undefined : (typed ?? value)}
        required={props.required}
        autoComplete={props.autoComplete ?? 'off'}
        inputMode={props.inputMode}
        placeholder={written && t(written)}
        maxLength={written ? LONGEST_WRITTEN : props.maxLength}
        accept={props.accept}
        list={props.list}
        class={`form-control${described['aria-invalid'] ? ' is-invalid' : ''}${widthOf(props.width)}`}
      />
    </Labelled>
  );
}

/** Days and months are written, the same on every computer: browsers show theirs in their own language. */
const WRITTEN: Readonly<Partial<Record<InputType, Bilingual>>> = {
  date: { vi: 'ngày/tháng/năm', en: 'dd/mm/yyyy' },
  month: { vi: 'tháng/năm', en: 'mm/yyyy' },
};
const LONGEST_WRITTEN = 10;

const widthOf = (width: 'short' | 'medium' | undefined) => (width ? ` width-${width}` : '');

/** Some lines to write in. */
export function TextArea(
  props: FieldProps & { readonly rows?: number; readonly maxLength?: number },
) {
  const { typed } = useField(props.name);
  const described = useDescription(props);
  return (
    <Labelled {...props}>
      <textarea
        {...described}
        name={props.name}
        rows={props.rows ?? 3}
        required={props.required}
        maxLength={props.maxLength}
        class={`form-control${described['aria-invalid'] ? ' is-invalid' : ''}`}
      >
        {typed ?? props.value ?? ''}
      </textarea>
    </Labelled>
  );
}

/** One of many. `any` is the first, empty choice: "all", "as usual". */
export function Select(
  props: FieldProps & { readonly choices: readonly Choice[]; readonly any?: Text },
) {
  const { typed } = useField(props.name);
  const described = useDescription(props);
  const words = useWords();
  const chosen = typed ?? props.value ?? '';
  return (
    <Labelled {...props}>
      <select
        {...described}
        name={props.name}
        required={props.required}
        class={`form-select${described['aria-invalid'] ? ' is-invalid' : ''}`}
      >
        {props.any !== undefined && <option value="">{words(props.any)}</option>}
        {props.choices.map(({ value, text }) => (
          <option value={value} selected={value === chosen}>
            {words(text)}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** A few to choose one from, each with its sentence. */
export function Radios(props: FieldProps & { readonly choices: readonly Choice[] }) {
  return <Boxes {...props} type="radio" />;
}

/** A few to tick any number of. */
export function Checks(
  props: FieldProps & { readonly choices: readonly Choice[]; readonly chosen?: readonly string[] },
) {
  return <Boxes {...props} type="checkbox" />;
}

function Boxes(
  props: FieldProps & {
    readonly type: 'radio' | 'checkbox';
    readonly choices: readonly Choice[];
    readonly chosen?: readonly string[];
  },
) {
  const words = useWords();
  const ticked = useTicked(props.name) ?? new Set(props.chosen ?? [props.value ?? '']);
  const { error } = useField(props.name);
  const t = useText();
  const id = props.id ?? fieldId(props.name);
  return (
    <fieldset class="mb-3" id={id} tabIndex={-1}>
      <legend class="form-label">{words(props.label)}</legend>
      {props.hint && <p class="form-hint">{words(props.hint)}</p>}
      {error && <p class="field-error">{t(error)}</p>}
      {props.choices.map(({ value, text, hint }) => (
        <label class="form-check">
          <input
            class="form-check-input"
            type={props.type}
            name={props.name}
            value={value}
            checked={ticked.has(value)}
            required={props.type === 'radio' && props.required}
          />
          <span class="form-check-label">{words(text)}</span>
          {hint && <span class="form-check-description">{words(hint)}</span>}
        </label>
      ))}
    </fieldset>
  );
}

/** One box: ticked or not. */
export function Check(props: FieldProps & { readonly checked?: boolean }) {
  const ticked = useTicked(props.name);
  const words = useWords();
  const { error } = useField(props.name);
  const t = useText();
  return (
    <div class="mb-3">
      <label class="form-check">
        <input
          id={props.id ?? fieldId(props.name)}
          class="form-check-input"
          type="checkbox"
          name={props.name}
          checked={ticked ? ticked.has('on') : props.checked}
          required={props.required}
        />
        <span class="form-check-label">{words(props.label)}</span>
        {props.hint && <span class="form-check-description">{words(props.hint)}</span>}
      </label>
      {error && <p class="field-error">{t(error)}</p>}
    </div>
  );
}

function useDescription(props: FieldProps) {
  const { error } = useField(props.name);
  const id = props.id ?? fieldId(props.name);
  const described = [props.hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(
    Boolean,
  );
  return {
    id,
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
    'aria-invalid': error ? ('true' as const) : undefined,
  };
}

function Labelled(props: FieldProps & { readonly children: ComponentChildren }) {
  const words = useWords();
  const t = useText();
  const { error } = useField(props.name);
  const id = props.id ?? fieldId(props.name);
  return (
    <div class="mb-3 field">
      <label class="form-label" for={id}>
        {words(props.label)}
        {props.required && <Required />}
      </label>
      {props.hint && (
        <p class="form-hint" id={`${id}-hint`}>
          {words(props.hint)}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {t(error)}
        </p>
      )}
      {props.children}
    </div>
  );
}

function Required() {
  const t = useText();
  return <span class="required"> ({t('bắt buộc', 'required')})</span>;
}
