import type { CashlessReport, CommuneShares, Measure } from '../../reports/index.js';
import {
  Badge,
  Card,
  Count,
  ExportLinks,
  href,
  None,
  Table,
  useConsole,
  useText,
} from '../kit/index.js';
import { communeParts, communesSize } from './charts.js';
import type { CashlessQuery } from './report.query.js';
import { MEASURE_TEXTS, percent } from './report.words.js';

interface Props {
  readonly report: CashlessReport;
  readonly filter: CashlessQuery & { readonly period: string };
  readonly communeName: (code: string) => string;
}

export function Reached({ reaches, target }: { reaches: boolean | null; target: number }) {
  const is = reaches
    ? { vi: `đạt ${target} %`, en: `reaches ${target} %` }
    : { vi: `dưới ${target} %`, en: `below ${target} %` };
  return <Badge tone={reaches ? 'good' : 'bad'} text={is} />;
}

/** The shares of each commune, and who there is still paid in cash. */
export function Communes({ report, filter, communeName }: Props) {
  const t = useText();
  const { language } = useConsole();
  const { target, all } = report;
  const parts = communeParts(
    report.communes.map((row) => ({ ...row, name: communeName(row.communeCode) })),
  );
  const { period, programme } = filter;
  const people = (row: CommuneShares | null, why?: string) =>
    href('/reports/cashless/people', {
      period,
      programme,
      commune: row?.communeCode ?? filter.commune,
      why,
    });
  const share = (row: CommuneShares, measure: Measure) => (
    <span class="two-lines">
      <Count of={row[measure]} />
      <span>{percent(row.shares[measure], language)}</span>
    </span>
  );
  const verdict = (row: CommuneShares) =>
    target ? <Reached reaches={row.reaches.credited} target={target.credited} /> : <None />;
  const cash = (row: CommuneShares | null, counts: CommuneShares) =>
    counts.people === counts.credited ? (
      <None />
    ) : (
      <a href={people(row)}>
        <Count of={counts.people - counts.credited} />
      </a>
    );
  const without = (row: CommuneShares | null, counts: CommuneShares) =>
    counts.people === counts.account ? (
      <None />
    ) : (
      <a href={people(row, 'none')}>
        <Count of={counts.people - counts.account} />
      </a>
    );
  return (
    <Card
      title={t('Theo xã, phường', 'By commune')}
      actions={<ExportLinks path="/reports/cashless" />}
      isFlush
    >
      <Table
        caption={t(
          'Người được chi qua tài khoản, theo xã, phường',
          'People paid into an account, by commune',
        )}
        columns={[
          {
            head: { vi: 'Xã, phường', en: 'Commune' },
            isName: true,
            cell: (row) => communeName(row.communeCode),
          },
          {
            head: { vi: 'Người được chi', en: 'People owed' },
            isNumber: true,
            cell: ({ people: n }) => <Count of={n} />,
          },
          { head: MEASURE_TEXTS.account, isNumber: true, cell: (row) => share(row, 'account') },
          { head: MEASURE_TEXTS.verified, isNumber: true, cell: (row) => share(row, 'verified') },
          {
            head: { vi: 'Chi qua TK: tự nhận', en: 'Paid into it: themselves' },
            isNumber: true,
            cell: (row) => <Count of={row.credited - row.creditedByRecipient} />,
          },
          {
            head: { vi: 'Chi qua TK: người nhận thay', en: 'Paid into it: recipient' },
            isNumber: true,
            cell: (row) => <Count of={row.creditedByRecipient} />,
          },
          {
            head: { vi: 'Chi qua TK: cộng', en: 'Paid into it: together' },
            isNumber: true,
            cell: (row) => share(row, 'credited'),
          },
          { head: { vi: 'So với chỉ tiêu', en: 'Against the target' }, cell: verdict },
          {
            head: { vi: 'Chưa có tài khoản', en: 'No account' },
            isNumber: true,
            cell: (row) => without(row, row),
          },
          {
            head: { vi: 'Còn tiền mặt', en: 'Still cash' },
            isNumber: true,
            cell: (row) => cash(row, row),
          },
        ]}
        rows={report.communes}
        foot={[
          t('Cộng', 'Total'),
          <Count of={all.people} />,
          share(all, 'account'),
          share(all, 'verified'),
          <Count of={all.credited - all.creditedByRecipient} />,
          <Count of={all.creditedByRecipient} />,
          share(all, 'credited'),
          verdict(all),
          without(null, all),
          cash(null, all),
        ]}
      />
      {report.communes.length > 1 &&
        parts.map((part, at) => (
          <figure class="chart">
            <img
              {...communesSize(part.length)}
              src={href('/reports/cashless/communes.svg', { ...filter, part: at })}
              alt={t(
                'Biểu đồ cột: tỷ lệ chi qua tài khoản của từng xã, phường, từ thấp đến cao; số liệu ở bảng trên.',
                'Bar chart: share paid into an account by commune, from low to high; its figures are in the table above.',
              )}
            />
            <figcaption>
              {parts.length > 1 && `${at + 1}/${parts.length}. `}
              {t(
                'Tỷ lệ chi qua tài khoản, từ thấp đến cao; gạch chéo là dưới chỉ tiêu, đường chấm là chỉ tiêu.',
                'Share paid into an account, from low to high; hatched is below the target, the dotted line is the target.',
              )}
            </figcaption>
          </figure>
        ))}
    </Card>
  );
}
