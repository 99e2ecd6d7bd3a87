import type { Colleague } from '../../identity/index.js';
import { useConsole, useText } from './context.js';
import { Select, TextArea } from './fields.js';
import { Form, Submit } from './form.js';
import { Disclosure } from './parts.js';

/** Gives something that waits to a colleague who may deal with it, with a note: they find it on their home page. */
export function GiveTo(props: {
  readonly action: string;
  /** Whoever may deal with it. */
  readonly colleagues: readonly Colleague[];
  readonly noteMaxLength: number;
  /** Hidden fields: the version somebody saw, say. */
  readonly fields?: Readonly<Record<string, string | number>>;
}) {
  const t = useText();
  const { viewer } = useConsole();
  const others = props.colleagues.filter(({ id }) => id !== viewer?.id);
  return (
    <Disclosure summary={t('Giao cho đồng nghiệp…', 'Give it to a colleague…')}>
      {others.length === 0 ? (
        <p>
          {t(
            'Chưa có ai khác được làm việc này. Quản trị cấp vai trò ở trang Người dùng.',
            'Nobody else may do this. An administrator gives roles, under Users.',
          )}
        </p>
      ) : (
        <Form action={props.action} label={t('Giao cho đồng nghiệp', 'Give it to a colleague')}>
          {Object.entries(props.fields ?? {}).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <Select
            name="owner"
            label={t('Giao cho', 'To whom')}
            hint={t(
              'Chỉ những người được làm việc này. Họ thấy việc ở Trang chính.',
              'Only those who may do it. They find it on their home page.',
            )}
            any={t('Chọn một người', 'Choose somebody')}
            choices={others.map(({ id, displayName, login }) => ({
              value: id,
              text: `${displayName} (${login})`,
            }))}
            required
          />
          <TextArea
            id="field-note-give"
            name="note"
            label={t('Ghi chú cho người nhận (không bắt buộc)', 'A note for them (optional)')}
            rows={2}
            maxLength={props.noteMaxLength}
          />
          <Submit>{t('Giao việc', 'Give it')}</Submit>
        </Form>
      )}
    </Disclosure>
  );
}
