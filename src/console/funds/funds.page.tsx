import { addsUp, type FundPosition, type Stage } from '../../ledger/index.js';
import { Card, Empty, Equation, href, Money, useConsole, useNames, useText } from '../kit/index.js';
import { STAGE_TEXTS } from './fund.words.js';

export interface FundListProps {
  readonly year: string;
  readonly years: readonly string[];
  readonly positions: readonly FundPosition[];
}

/** Where the money of every fund stands in a year. */
export function FundList({ year, years, positions }: FundListProps) {
  const t = useText();
  const names = useNames();
  return (
    <>
      <Years year={year} years={years} path="/admin/funds" />
      {positions.length === 0 && (
        <Card>
          <Empty
            title={t(
              `Năm ${year} chưa có nguồn nào được giao kinh phí.`,
              `No fund was allotted anything for ${year}.`,
            )}
            action={<AllotLink />}
            guide="setting-up"
          >
            <p>
              {t(
                'Đợt chi chỉ ký đủ được khi nguồn còn tiền: kế toán trưởng ghi quyết định giao kinh phí trước.',
                'Batches are approved only where a fund has money: the chief accountant enters the allotment first.',
              )}
            </p>
          </Empty>
        </Card>
      )}
      {positions.map((position) => (
        <Card
          title={t(names.fund(position.fund))}
          actions={
            <a href={href(`/admin/funds/${position.fund}`, { year })}>
              {t('Sổ chi tiết', 'Its book')}
            </a>
          }
        >
          <FundEquation position={position} year={year} />
        </Card>
      ))}
    </>
  );
}

/** Allotted = available + reserved + in transit + paid; each leads to what went in and out. */
export function FundEquation({ position, year }: { position: FundPosition; year: string }) {
  const t = useText();
  const to = (stage: Stage): string => href(`/admin/funds/${position.fund}`, { year, stage });
  const term = (stage: Stage, amount: FundPosition['paid']) => ({
    label: STAGE_TEXTS[stage],
    figure: <Money amount={amount} />,
    href: to(stage),
  });
  return (
    <>
      <Equation
        whole={term('allotted', position.allotted)}
        parts={[
          term('available', position.available),
          term('reserved', position.reserved),
          term('in_transit', position.inTransit),
          term('paid', position.paid),
        ]}
        holds={addsUp(position)}
      />
      {!position.returned.isZero() && (
        <p class="text-secondary mb-0">
          {t('Ngoài ra, ', 'Besides, ')}
          <a href={to('returned')}>
            <Money amount={position.returned} />
          </a>{' '}
          {t(
            'đã bị ngân hàng hoàn trả và nằm lại trong số còn được chi.',
            'came back from banks and is available again.',
          )}
        </p>
      )}
    </>
  );
}

export function Years(props: {
  readonly year: string;
  readonly years: readonly string[];
  readonly path: string;
}) {
  const t = useText();
  return (
    <nav class="tabs" aria-label={t('Năm', 'Year')}>
      <ul>
        {props.years.map((year) => (
          <li>
            <a
              href={href(props.path, { year })}
              aria-current={year === props.year ? 'page' : undefined}
            >
              {t(`Năm ${year}`, year)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** For whoever may allot; nobody else sees it. */
export function AllotLink() {
  const { may } = useConsole();
  const t = useText();
  if (!may('fund.allot')) return <></>;
  return (
    <a class="btn btn-primary" href="/admin/funds/allotments/new">
      {t('Ghi quyết định giao kinh phí', 'Enter an allotment')}
    </a>
  );
}

export function FundActions() {
  const t = useText();
  return (
    <>
      <a class="btn" href="/admin/funds/allotments">
        {t('Các quyết định', 'Allotments')}
      </a>
      <AllotLink />
    </>
  );
}
