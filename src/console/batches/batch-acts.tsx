import type { BatchDetail } from '../../batches/index.js';
import {
  ActionButton,
  Callout,
  Disclosure,
  Form,
  Moment,
  Submit,
  TextArea,
  useConsole,
  useText,
} from '../kit/index.js';
import type { OverviewProps } from './batch.props.js';
import { SIGNATURES } from './batch.words.js';

/** What the batch waits for now, and the buttons of whoever may do it. */
export function NextAct(props: OverviewProps) {
  switch (props.batch.state) {
    case 'draft':
      return <Draft {...props} />;
    case 'proposed':
      return <Proposed {...props} />;
    case 'approved':
      return <Approved {...props} />;
    case 'cancelled':
      return <Cancelled {...props} />;
  }
}

function Draft({ batch, people }: OverviewProps) {
  const t = useText();
  const { may } = useConsole();
  const returned = batch.history.findLast(({ happened }) => happened === 'returned');
  const by = returned && (people.get(returned.actorName) ?? returned.actorName);
  return (
    <>
      {batch.returnReason !== null && (
        <Callout
          tone="warning"
          title={t('Người ký đã trả lại đợt chi này', 'A signer returned this batch')}
        >
          <p>“{batch.returnReason}”</p>
          {returned && (
            <p>
              {by}, <Moment at={returned.at} />
            </p>
          )}
        </Callout>
      )}
      <Callout tone="info" title={t('Đợt chi đang được lập', 'This batch is a draft')}>
        {may('batch.prepare') ? (
          <PreparerButtons batch={batch} />
        ) : (
          <p>
            {t(
              'Đang chờ người lập xem lại và trình ký. Chưa cần ký gì.',
              'It waits for its preparer to look through it and propose it. Nothing is to be signed yet.',
            )}
          </p>
        )}
      </Callout>
    </>
  );
}

function PreparerButtons({ batch }: { batch: BatchDetail }) {
  const t = useText();
  const { id, version, lineCount } = batch;
  return (
    <>
      <p>
        {t(
          'Xin xem các dòng, ai không được đưa vào và thay đổi so với kỳ trước, rồi trình ký. Sau khi trình, danh sách được niêm phong.',
          'Look at the lines, who is left out and what changed, then propose it. Once proposed the list is sealed.',
        )}
      </p>
      <div class="button-row">
        {lineCount > 0 && (
          <ActionButton action={`/batches/${id}/proposals`} fields={{ version }}>
            {t('Trình ký', 'Propose for signing')}
          </ActionButton>
        )}
        <ActionButton action={`/batches/${id}/rebuilds`} fields={{ version }} tone="secondary">
          {t('Lập lại từ danh sách hiện tại', 'Rebuild from what is owed now')}
        </ActionButton>
        <CancelBox batch={batch} />
      </div>
    </>
  );
}

function Proposed({ batch, round, competence }: OverviewProps) {
  const t = useText();
  const { may } = useConsole();
  const { next } = round;
  const ruling = competence?.ruling;
  return (
    <Callout
      tone={ruling?.may ? 'warning' : 'info'}
      title={
        ruling?.may
          ? t('Đợt chi này đang chờ bạn ký', 'This batch waits for your signature')
          : next
            ? t(
                `Đang chờ chữ ký: ${SIGNATURES[next.signature].vi}`,
                `Waits for: ${SIGNATURES[next.signature].en}`,
              )
            : undefined
      }
    >
      {!ruling?.may && may('batch.sign') && competence?.why && <p>{t(competence.why)}</p>}
      <div class="button-row">
        <a class={ruling?.may ? 'btn btn-primary' : 'btn'} href={`/batches/${batch.id}/sign`}>
          {ruling?.may
            ? t('Xem và ký', 'Look and sign')
            : t('Xem nội dung trình ký', 'See what is to be signed')}
        </a>
        {may('batch.prepare') && <CancelBox batch={batch} />}
      </div>
    </Callout>
  );
}

function Approved({ batch, run }: OverviewProps) {
  const t = useText();
  return (
    <Callout tone="success" title={t('Đợt chi đã đủ chữ ký', 'This batch is fully signed')}>
      <p>
        {run
          ? t('Lượt chi trả đã được tạo.', 'Its payment run has been made.')
          : t('Lượt chi trả đang được tạo.', 'Its payment run is being made.')}
      </p>
      <div class="button-row">
        {run && (
          <a class="btn btn-primary" href={`/runs/${run.id}`}>
            {t('Xem lượt chi trả', 'See the run')}
          </a>
        )}
        <a class="btn" href={`/api/v1/batches/${batch.id}/treasury-list.pdf`} download>
          {t('Tải Mẫu 09 (PDF)', 'Form Mẫu 09 (PDF)')}
        </a>
        <a class="btn" href={`/api/v1/batches/${batch.id}/treasury-list.xlsx`} download>
          {t('Tải Mẫu 09 (Excel)', 'Form Mẫu 09 (Excel)')}
        </a>
        <a class="btn" href={`/batches/${batch.id}/proof`}>
          {t('Bản xác nhận chữ ký', 'Proof of signatures')}
        </a>
      </div>
    </Callout>
  );
}

function Cancelled({ batch }: OverviewProps) {
  const t = useText();
  return (
    <Callout tone="info" title={t('Đợt chi đã hủy', 'This batch was cancelled')}>
      <p>“{batch.cancelReason}”</p>
      <p>
        {t(
          'Các khoản trong đợt đã trở về danh sách chờ chi.',
          'What it held is open again and can go into another batch.',
        )}
      </p>
    </Callout>
  );
}

function CancelBox({ batch }: { batch: BatchDetail }) {
  const t = useText();
  return (
    <Disclosure summary={t('Hủy đợt chi…', 'Cancel the batch …')} tone="danger">
      <p>
        {t(
          'Hủy rồi không mở lại được. Các khoản trong đợt trở về danh sách chờ chi; chữ ký đã có không còn giá trị.',
          'A cancelled batch is not opened again. What it holds is open for another; signatures given count no more.',
        )}
      </p>
      <Form action={`/batches/${batch.id}/cancellations`}>
        <input type="hidden" name="version" value={batch.version} />
        <TextArea
          name="reason"
          id="cancel-reason"
          label={t('Lý do hủy', 'Why')}
          required
          maxLength={1000}
        />
        <Submit tone="danger">{t('Hủy đợt chi này', 'Cancel this batch')}</Submit>
      </Form>
    </Disclosure>
  );
}
