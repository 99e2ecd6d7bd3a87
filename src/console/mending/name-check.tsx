import { markDifference } from '../../beneficiaries/index.js';
import { Moment, useText, useWords, type Text } from '../kit/index.js';
import { VERDICTS } from './mending.words.js';

/** What the look at an account came to, with both names where they differ. */
export function NameCheck(props: {
  readonly verdict: string | null;
  readonly ourName: string;
  readonly bankName: string | null;
  readonly checkedAt: Date | null;
  readonly waitsSince: Date | null;
}) {
  const t = useText();
  const { verdict, bankName } = props;
  if (props.waitsSince) {
    return (
      <span class="side-note">{t('Đang chờ ngân hàng trả lời', 'The bank is being asked')}</span>
    );
  }
  const words = verdict === null ? undefined : VERDICTS[verdict];
  if (!words) return <span class="side-note">{t('Chưa hỏi ngân hàng', 'No bank was asked')}</span>;
  const isSame = verdict === 'exact' || verdict === 'confirmed';
  return (
    <>
      <span class={`state state-${words.tone}`}>{t(words)}</span>
      {props.checkedAt && (
        <span class="side-note">
          <Moment at={props.checkedAt} />
        </span>
      )}
      {bankName !== null && !isSame && <TwoNames ours={props.ourName} bank={bankName} />}
    </>
  );
}

/** Both names one under the other; the words that differ are marked and told. */
export function TwoNames(props: {
  readonly ours: string;
  readonly bank: string;
  readonly label?: Text;
}) {
  const { ours, bank } = props;
  const words = useWords();
  const t = useText();
  const places = markDifference(ours, bank);
  return (
    <>
      <span class="name-words">
        {t('Hồ sơ:', 'Our file:')}{' '}
        {places.map(({ ours: word, same }) => word !== null && <Word text={word} same={same} />)}
      </span>
      <span class="name-words">
        {props.label ? words(props.label) : t('Ngân hàng:', 'The bank:')}{' '}
        {places.map(({ bank: word, same }) => word !== null && <Word text={word} same={same} />)}
      </span>
    </>
  );
}

function Word({ text, same }: { text: string; same: boolean }) {
  const t = useText();
  if (same) return <>{text} </>;
  return (
    <>
      <mark>
        {text}
        <span class="visually-hidden"> ({t('khác', 'differs')})</span>
      </mark>{' '}
    </>
  );
}
