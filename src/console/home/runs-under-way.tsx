import { formatPeriod } from '../../kernel/index.js';
import { statesOf, TERMS, type RunUnderWay } from '../../reports/index.js';
import {
  Count,
  Empty,
  href,
  Moment,
  Money,
  ProgressBar,
  State,
  useNames,
  useText,
} from '../kit/index.js';
import { TERM_TEXTS } from './home.texts.js';

/** Every run that is not finished, with what became of its payments so far. */
export function RunsUnderWay({ runs }: { runs: readonly RunUnderWay[] }) {
  const t = useText();
  if (runs.length === 0) {
    return <Empty title={t('Không có lượt chi nào đang chạy.', 'No run is under way.')} />;
  }
  return (
    <>
      {runs.map((run) => (
        <OneRun run={run} />
      ))}
    </>
  );
}

function OneRun({ run }: { run: RunUnderWay }) {
  const t = useText();
  const names = useNames();
  const countOf = (states: readonly string[]): number =>
    Object.entries(run.states)
      .filter(([state]) => states.includes(state))
      .reduce((sum, [, figure]) => sum + figure.count, 0);
  const told = run.payments - countOf(statesOf('inFlight')) - countOf(statesOf('unknown'));
  return (
    <article class="run-box">
      <h3 class="sub-title">
        <a href={`/runs/${run.runId}`}>{run.batchNumber}</a> <State of="run" is={run.state} />
      </h3>
      <p>
        {t(names.programme(run.programme))}, {formatPeriod(run.period)} ·{' '}
        <Money amount={run.total} /> · {t('hạn', 'due')} <Moment at={run.deadlineAt} />
      </p>
      <ProgressBar
        done={told}
        of={run.payments}
        label={t('Số khoản ngân hàng đã trả lời', 'Payments that the bank has answered')}
      />
      <p class="run-figures">
        {TERMS.filter((term) => countOf(statesOf(term)) > 0).map((term) => (
          <a href={href('/payments', { run: run.runId, state: statesOf(term) })}>
            <Count of={countOf(statesOf(term))} /> {t(TERM_TEXTS[term])}
          </a>
        ))}
      </p>
    </article>
  );
}
