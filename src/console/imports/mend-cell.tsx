import type { Bilingual } from '../../kernel/index.js';
import { Disclosure, Field, Form, Submit, useFormBesideOthers, useText } from '../kit/index.js';

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
  const action = `/imports/${importId}/rows/${row}/cells/${field}`;
  const { wasRefused, idOf } = useFormBesideOthers(action);
  const name = t(`Sửa ô ${t(props.place)}`, `Mend ${t(props.place)}`);
  return (
    <div class="mend">
      <Disclosure summary={t('Sửa ô', 'Mend')} isOpen={wasRefused}>
        <Form action={action} label={name} class="mend-form">
          <input type="hidden" name="seen" value={present ?? ''} />
          <Field
            name="value"
            id={idOf('value')}
            label={t('Giá trị đúng', 'The right value')}
            value={present ?? ''}
            maxLength={500}
          />
          <Submit>{t('Sửa và kiểm tra lại', 'Mend and check again')}</Submit>
        </Form>
      </Disclosure>
    </div>
  );
}
