import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import type { Bilingual } from '../../kernel/index.js';
import { useConsole, useText } from './context.js';
import type { Feedback } from './feedback.js';

/** What a refused sending of this very form left behind. */
const RefusalOfForm = createContext<Feedback | null>(null);

interface FormProps {
  /** The address it is posted to. */
  readonly action: string;
  readonly children: ComponentChildren;
  /** Sends a file. With script, a bar shows how far it is. */
  readonly hasFile?: boolean;
  readonly class?: string;
  /** What the form is for, where no heading says so. */
  readonly label?: string;
  /** Where a refusal leads, where not to this very page. */
  readonly back?: string;
}

/** A form that acts (POST). Brings a key, so that sending it twice is one act, and the page to come back to. */
export function Form({ action, children, hasFile, label, back, ...rest }: FormProps) {
  const { feedback, newKey, url } = useConsole();
  const isMine = feedback?.tone === 'refused' && feedback.form === action.split('?')[0];
  return (
    <form
      method="post"
      action={action}
      class={rest.class}
      aria-label={label}
      encType={hasFile ? 'multipart/form-data' : undefined}
      hx-boost={hasFile ? 'true' : undefined}
      hx-encoding={hasFile ? 'multipart/form-data' : undefined}
      data-once=""
    >
      <input type="hidden" name="_key" value={newKey()} />
      <input type="hidden" name="_from" value={back ?? url} />
      <RefusalOfForm.Provider value={isMine ? feedback : null}>{children}</RefusalOfForm.Provider>
      {hasFile && <UploadBar />}
    </form>
  );
}

function UploadBar() {
  const t = useText();
  return (
    <div class="upload-bar" hidden>
      <progress max="100" value="0" aria-label={t('Đang gửi tệp', 'Sending the file')} />
    </div>
  );
}

/** What was typed into a field of a refused form, and what was wrong with it. */
export function useField(name: string): { typed: string | undefined; error: Bilingual | null } {
  const refusal = useContext(RefusalOfForm);
  const typed = refusal?.values?.[name];
  return {
    typed: typeof typed === 'string' ? typed : undefined,
    error: refusal?.fields?.find((field) => field.name === name)?.text ?? null,
  };
}

/** All values that were sent under a name: the ticked boxes of a refused form; null when there is no such form. */
export function useTicked(name: string): ReadonlySet<string> | null {
  const refusal = useContext(RefusalOfForm);
  if (!refusal) return null;
  const sent = refusal.values?.[name];
  return new Set(typeof sent === 'string' ? [sent] : (sent ?? []));
}

type Tone = 'primary' | 'danger' | 'secondary' | 'success' | 'warning';

export function Submit(props: {
  readonly children: ComponentChildren;
  readonly tone?: Tone;
  readonly name?: string;
  readonly value?: string;
  /** Posts the form elsewhere. */
  readonly action?: string;
}) {
  const { tone = 'primary' } = props;
  const look = tone === 'secondary' ? 'btn' : `btn btn-${tone}`;
  return (
    <button
      type="submit"
      class={look}
      name={props.name}
      value={props.value}
      formAction={props.action}
    >
      {props.children}
    </button>
  );
}

/** A button that acts at once, where it can be undone. */
export function ActionButton(props: {
  readonly action: string;
  readonly children: ComponentChildren;
  readonly tone?: Tone;
  /** Hidden fields: the version somebody saw, say. */
  readonly fields?: Readonly<Record<string, string | number>>;
}) {
  return (
    <Form action={props.action} class="action-form">
      {Object.entries(props.fields ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Submit tone={props.tone}>{props.children}</Submit>
    </Form>
  );
}
