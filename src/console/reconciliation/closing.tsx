import { EXCEPTION_TEXTS } from '../../reconciliation/index.js';
import {
  Callout,
  Card,
  Disclosure,
  Form,
  formatCount,
  href,
  Submit,
  useConsole,
  useText,
} from '../kit/index.js';
import type { RunPageProps } from './run.props.js';

/** What stands against closing the days, or the closing itself. */
export function Closing({ run, hindering, waiting, open }: RunPageProps & { open: number }) {
  const t = useText();
  const { may } = useConsole();
  if (run.state !== 'finished') return null;
  const isFree = open === 0 && waiting === 0;
  return (
    <Card title={t('Khóa sổ', 'Closing')} class="no-print">
      {!isFree && (
        <Callout tone="warning" title={t('Chưa khóa được vì', 'It cannot be closed because')}>
          <ul class="mb-0">
            {waiting > 0 && (
              <li>
                {t(
                  `${formatCount(waiting)} bút toán chưa được đối chiếu (hệ thống đang làm)`,
                  `${formatCount(waiting)} entries are not compared yet (under way)`,
                )}
              </li>
            )}
            {hindering.map(({ kind, count }) => (
              <li>
                <a href={href('/reconciliation/exceptions', { run: run.id, state: 'open', kind })}>
                  {formatCount(count)} {t(EXCEPTION_TEXTS[kind]).toLowerCase()}
                </a>
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {isFree && may('reconciliation.operate') && (
        <Disclosure summary={t('Khóa sổ những ngày này', 'Close these days')} tone="primary">
          <p>
            {t(
              'Mọi bút toán đã khớp hoặc được giải trình. Khóa sổ ghi tên bạn và không mở lại được.',
              'Everything is matched or explained. Closing bears your name and cannot be undone.',
            )}
          </p>
          <Form action={`/reconciliation/${run.id}/closings`} label={t('Khóa sổ', 'Close')}>
            <Submit>{t('Tôi đã xem và khóa sổ', 'I have looked and close it')}</Submit>
          </Form>
        </Disclosure>
      )}
      {isFree && !may('reconciliation.operate') && (
        <p class="mb-0">{t('Việc khóa sổ do cán bộ lập bảng làm.', 'A preparer closes it.')}</p>
      )}
    </Card>
  );
}
