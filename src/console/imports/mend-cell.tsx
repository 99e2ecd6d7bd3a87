import type { Bilingual } from '../../kernel/index.js';
import { Disclosure, Field, Form, Submit, useConsole, useText } from '../kit/index.js';

/** A small form that puts another value into one cell. */
export function MendCell(props: {
  readonly importId: string;
  readonly row: number;
  readonly field: string;
  readonly place: Bilingual;
  readonly present: string | null;
}) {
  const { importId, row, field, present } = props;
  const t = useText();
  const { feedback } = useConsole();
  const action = `/imports/${importId}/rows/${row}/cells/${field}`;
  const wasRefused = feedback?.tone === 'refused' && feedback.form === action;
  const name = t(`Sửa ô ${t(props.place)}`, `Mend ${t(props.place)}`);
  return (
    <Disclosure summary={t('Sửa ô này', 'Mend this cell')} isOpen={wasRefused}>
      <Form action={action} label={name} class="mend-form">
        <input type="hidden" name="seen" value={present ?? ''} />
        <Field
          name="value"
          // The summary of a refusal leads to the field with the plain name.
          id={wasRefused ? undefined : `cell-${row}-${field}`}
          label={t('Giá trị đúng', 'The right value')}
          value={present ?? ''}
          maxLength={500}
        />
        <Submit>{t('Sửa và kiểm tra lại', 'Mend and check again')}</Submit>
      </Form>
    </Disclosure>
  );
}
