import { useConsole, useText } from './context.js';
import { fieldId } from './field-id.js';

/** What is told once, above the page: that it is done, or why not, with a link to every field to mend. */
export function FeedbackBox() {
  const { feedback } = useConsole();
  const t = useText();
  if (!feedback) return null;
  const isDone = feedback.tone === 'done';
  return (
    <div
      id="feedback"
      class={`alert ${isDone ? 'alert-success' : 'alert-danger'}`}
      role={isDone ? 'status' : 'alert'}
      tabIndex={-1}
    >
      <div>
        <p class="alert-heading">
          <strong>{isDone ? t('Đã xong', 'Done') : t('Chưa thực hiện', 'Not done')}</strong>
        </p>
        <p class="mb-0">{t(feedback.text)}</p>
        {feedback.fields && feedback.fields.length > 0 && (
          <ul class="mb-0">
            {feedback.fields.map(({ name, text }) => (
              <li>
                <a href={`#${fieldId(name)}`} data-field={name}>
                  {t(text)}
                </a>
              </li>
            ))}
          </ul>
        )}
        {feedback.link && <a href={feedback.link.href}>{t(feedback.link.text)}</a>}
      </div>
    </div>
  );
}
