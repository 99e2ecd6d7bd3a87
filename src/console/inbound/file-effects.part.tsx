import type { Language } from '../../platform/http/index.js';
import type { ReportEffect, StatementEffect, UnreadPlace } from '../../reconciliation/index.js';
import { Badge, Card, Count, None, Table, useConsole, useText } from '../kit/index.js';
import { FACT_TEXTS, RESULT_TEXTS } from './notice.words.js';

export interface FileDid {
  readonly payments: readonly ReportEffect[];
  readonly unread: readonly UnreadPlace[];
  readonly statements: readonly StatementEffect[];
}

/** What a file of a bank did to payments and books, and what it could not do. */
export function FileEffectsPart({ payments, statements, unread }: FileDid) {
  const t = useText();
  const { language } = useConsole();
  // What is still to be applied is counted above; here it would look like trouble.
  const doubtful = unread.filter(({ result, why }) => result !== null || why !== null);
  return (
    <>
      {payments.length > 0 && (
        <Card title={t('Đã làm gì với các khoản chi', 'What it did to payments')} isFlush>
          <Table
            caption={t('Kết quả theo loại', 'By result')}
            rows={payments}
            columns={[
              {
                head: t('Kết quả', 'Result'),
                isName: true,
                cell: (row) => <Result of={row.result} />,
              },
              { head: t('Ngân hàng nói', 'The bank says'), cell: ({ fact }) => <Fact of={fact} /> },
              {
                head: t('Số dòng', 'Items'),
                isNumber: true,
                cell: ({ items }) => <Count of={items} />,
              },
            ]}
          />
        </Card>
      )}
      {statements.length > 0 && (
        <Card title={t('Sao kê trong tệp', 'Statements in the file')} isFlush>
          <Statements statements={statements} />
        </Card>
      )}
      {doubtful.length > 0 && (
        <Card title={t('Dòng cần xem lại', 'What should be looked at')} isFlush>
          <Table
            caption={t('Dòng không làm gì được', 'Items that did nothing')}
            rows={doubtful}
            columns={[
              {
                head: t('Số khoản chi', 'Reference'),
                isName: true,
                cell: ({ reference }) => reference ?? <None />,
              },
              { head: t('Kết quả', 'Result'), cell: (row) => <Result of={row.result} /> },
              {
                head: t('Chỗ trong tệp', 'In the file'),
                cell: ({ why }) => (why ? wordsIn(language, why) : <None />),
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}

/** What readers of files write down stands in both languages: `Ô H17: … / Cell H17: …`. */
function wordsIn(language: Language, why: string): string {
  const [vi, en, ...others] = why.split(' / ');
  if (vi === undefined || en === undefined || others.length > 0) return why;
  return { vi, en }[language];
}

function Result({ of }: { of: string | null }) {
  const texts: Readonly<Record<string, (typeof RESULT_TEXTS)['moved']>> = RESULT_TEXTS;
  const text = of === null ? undefined : texts[of];
  if (!text) return <Badge tone="waiting" text={{ vi: 'Chờ áp dụng', en: 'To be applied' }} />;
  return <Badge tone={text.tone} text={{ vi: text.vi, en: text.en }} />;
}

function Fact({ of }: { of: string | null }) {
  const t = useText();
  const texts: Readonly<Record<string, { vi: string; en: string }>> = FACT_TEXTS;
  const text = of === null ? undefined : texts[of];
  return text ? <>{t(text)}</> : <None />;
}

function Statements({ statements }: { statements: readonly StatementEffect[] }) {
  const t = useText();
  return (
    <Table
      caption={t('Sao kê trong tệp', 'Statements in the file')}
      rows={statements}
      columns={[
        {
          head: t('Phần', 'Part'),
          isName: true,
          cell: ({ part, reconciliationId }) =>
            reconciliationId ? (
              <a href={`/reconciliation/${reconciliationId}`}>{part}</a>
            ) : (
              String(part)
            ),
        },
        {
          head: t('Kết quả', 'Result'),
          cell: ({ failure, repeated }) =>
            failure !== null
              ? failure
              : repeated
                ? t('Đã có từ trước', 'Known already')
                : t('Đã nhận', 'Taken'),
        },
        {
          head: t('Dòng mới', 'New entries'),
          isNumber: true,
          cell: ({ newEntries }) => <Count of={newEntries} />,
        },
      ]}
    />
  );
}
