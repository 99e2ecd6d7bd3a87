import type { ImportDetail, ImportStep, SameContent } from '../../entitlements/index.js';
import { formatPeriod } from '../../kernel/index.js';
import {
  Callout,
  Card,
  Count,
  Equation,
  Facts,
  formatCount,
  href,
  Live,
  Moment,
  Money,
  State,
  Table,
  useNames,
  useText,
} from '../kit/index.js';
import { Decide } from './import-decide.js';
import { ControlTotals } from './import-totals.js';
import { ImportTabs } from './import-tabs.js';
import { WhatHappened } from './import-history.js';
import { FORMATS, ruleText, senderText, skippedText } from './import.texts.js';

export interface ImportView {
  readonly list: ImportDetail;
  readonly steps: readonly ImportStep[];
  readonly same: readonly SameContent[];
  readonly rules: readonly { rule: string; severity: string; count: number }[];
  readonly mendedCount: number;
}

/** One list: where it stands, what it adds up to, what is wrong with it, and what to do now. */
export function ImportPage(view: ImportView) {
  const { list, same } = view;
  return (
    <>
      <ImportTabs list={list} mendedCount={view.mendedCount} />
      {same.length > 0 && <SentBefore same={same} />}
      {list.state === 'received' ? (
        <Live src={`/imports/${list.id}/live`}>
          <CheckProgress list={list} />
        </Live>
      ) : (
        <Outcome list={list} />
      )}
      <Decide list={list} />
      {list.state !== 'received' && <ProblemsByRule {...view} />}
      <ControlTotals list={list} />
      <div class="columns">
        <AboutFile list={list} />
        <WhatHappened steps={view.steps} />
      </div>
    </>
  );
}

/** While the check runs; sent anew every second. */
export function CheckProgress({ list }: { list: Pick<ImportDetail, 'id' | 'state' | 'readRows'> }) {
  const t = useText();
  if (list.state !== 'received') {
    return (
      <Callout tone="success" title={t('Đã kiểm tra xong.', 'The check is done.')}>
        <a class="btn btn-primary" href={`/imports/${list.id}`}>
          {t('Xem kết quả', 'See the result')}
        </a>
      </Callout>
    );
  }
  return (
    <Callout tone="info" title={t('Đang kiểm tra từng dòng', 'Every row is being checked')}>
      <p>
        {t(
          `Đã đọc ${formatCount(list.readRows)} dòng. Bạn có thể rời trang này; việc kiểm tra vẫn tiếp tục.`,
          `${formatCount(list.readRows)} rows read. You may leave this page; the check goes on.`,
        )}
      </p>
    </Callout>
  );
}

function SentBefore({ same }: { same: readonly SameContent[] }) {
  const t = useText();
  return (
    <Callout
      tone="warning"
      title={t('Tệp có nội dung y hệt đã được gửi', 'A file of the very same content was sent')}
    >
      <ul class="mb-0">
        {same.map((other) => (
          <li>
            <a href={`/imports/${other.id}`}>{other.fileName}</a>, {t(senderText(other.sender))},{' '}
            <Moment at={other.receivedAt} /> <State of="import" is={other.state} />
          </li>
        ))}
      </ul>
    </Callout>
  );
}

function Outcome({ list }: { list: ImportDetail }) {
  const t = useText();
  if (list.state === 'refused') {
    return (
      <Callout tone="danger" title={t('Danh sách này không được nhận', 'This list was refused')}>
        <p>{list.refusal && t(list.refusal)}</p>
        {list.refusal?.code === 'entitlements.header-not-found' && (
          <a class="btn" href={`/imports/${list.id}/columns`}>
            {t('Chỉ ra nội dung từng cột', 'Say what each column holds')}
          </a>
        )}
      </Callout>
    );
  }
  const rows = `/imports/${list.id}/rows`;
  const good = list.state === 'applied' ? 'applied' : 'good';
  return (
    <Card>
      <Equation
        holds={list.readRows === list.goodRows + list.badRows}
        whole={{
          label: t('Tất cả các dòng', 'All rows'),
          figure: <RowsAndMoney rows={list.readRows} amount={list.totalAmount} />,
          href: rows,
        }}
        parts={[
          {
            label: list.state === 'applied' ? t('Đã nhập', 'Applied') : t('Dòng đúng', 'Good rows'),
            figure: <RowsAndMoney rows={list.goodRows} amount={list.goodAmount} />,
            href: href(rows, { state: good }),
          },
          {
            label: t('Dòng lỗi', 'Bad rows'),
            figure: <Count of={list.badRows} />,
            href: href(rows, { state: 'bad' }),
          },
        ]}
      />
      <p class="mt-2 mb-0">
        <a href={href(`/imports/${list.id}/errors`, { severity: 'error' })}>
          {t(`${formatCount(list.errorCount)} lỗi`, `${formatCount(list.errorCount)} errors`)}
        </a>
        {' · '}
        <a href={href(`/imports/${list.id}/errors`, { severity: 'warning' })}>
          {t(
            `${formatCount(list.warningCount)} lưu ý`,
            `${formatCount(list.warningCount)} warnings`,
          )}
        </a>
      </p>
    </Card>
  );
}

function RowsAndMoney({ rows, amount }: { rows: number; amount: string }) {
  return (
    <>
      <Count of={rows} /> (<Money amount={amount} />)
    </>
  );
}

function ProblemsByRule({ list, rules }: ImportView) {
  const t = useText();
  if (rules.length === 0) {
    return list.state === 'refused' ? null : (
      <Callout tone="success">
        {t('Không có lỗi và không có lưu ý nào.', 'There is no error and no warning.')}
      </Callout>
    );
  }
  return (
    <Card
      title={t('Lỗi và lưu ý theo loại', 'Errors and warnings by kind')}
      isFlush
      actions={
        list.format !== 'json' && (
          <a class="btn btn-sm" href={`/imports/${list.id}/annotated`} download>
            {t('Tải tệp đã đánh dấu lỗi', 'Download the marked file')}
          </a>
        )
      }
    >
      <Table
        caption={t('Lỗi và lưu ý theo loại', 'Errors and warnings by kind')}
        rows={rules}
        columns={[
          {
            head: t('Nội dung', 'What is wrong'),
            isName: true,
            cell: ({ rule, severity }) => (
              <a href={href(`/imports/${list.id}/errors`, { rule, severity })}>
                {t(ruleText(rule))}
              </a>
            ),
          },
          {
            head: t('Mức', 'Weight'),
            cell: ({ severity }) => <Severity is={severity} />,
          },
          {
            head: t('Số ô', 'Cells'),
            isNumber: true,
            cell: ({ rule, severity, count }) => (
              <a href={href(`/imports/${list.id}/errors`, { rule, severity })}>
                <Count of={count} />
              </a>
            ),
          },
        ]}
      />
    </Card>
  );
}

export function Severity({ is }: { is: string }) {
  const t = useText();
  const isError = is === 'error';
  return (
    <span class={`state ${isError ? 'state-bad' : 'state-doubt'}`}>
      <span class="state-sign" aria-hidden="true">
        {isError ? '✕' : '!'}
      </span>
      {isError ? t('Lỗi', 'Error') : t('Lưu ý', 'Warning')}
    </span>
  );
}

function AboutFile({ list }: { list: ImportDetail }) {
  const t = useText();
  const names = useNames();
  return (
    <Card title={t('Về tệp này', 'About this file')}>
      <Facts
        of={[
          { name: t('Tên tệp', 'File'), value: list.fileName },
          { name: t('Nơi gửi', 'Sender'), value: t(senderText(list.sender)) },
          { name: t('Loại tệp', 'Kind of file'), value: FORMATS[list.format] ?? list.format },
          list.sheet !== null &&
            list.format === 'xlsx' && {
              name: t('Trang tính đã đọc', 'Sheet that was read'),
              value: [
                list.sheet,
                list.otherSheets.length > 0 &&
                  ` (${t('không đọc', 'not read')}: ${list.otherSheets.join(', ')})`,
              ],
            },
          {
            name: t('Chế độ', 'Programme'),
            value: list.programme
              ? t(names.programme(list.programme))
              : t('theo cột trong tệp', 'as the column says'),
          },
          {
            name: t('Kỳ', 'Period'),
            value: list.period
              ? formatPeriod(list.period)
              : t('theo cột trong tệp', 'as the column says'),
          },
          list.skippedCount > 0 && {
            name: t('Dòng bỏ qua', 'Rows passed over'),
            value: <Skipped list={list} />,
          },
        ]}
      />
    </Card>
  );
}

const SKIPPED_SHOWN = 10;

function Skipped({ list }: { list: ImportDetail }) {
  const t = useText();
  const shown = list.skippedRows.slice(0, SKIPPED_SHOWN);
  return (
    <>
      {shown.map(({ row, why }) => `${row} (${t(skippedText(why))})`).join('; ')}
      {list.skippedCount > shown.length &&
        ` ${t(`và ${formatCount(list.skippedCount - shown.length)} dòng khác`, `and ${formatCount(list.skippedCount - shown.length)} more`)}`}
    </>
  );
}
