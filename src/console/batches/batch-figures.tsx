import {
  isChecked,
  type AccountCount,
  type BatchConcerns,
  type NamedPart,
} from '../../batches/index.js';
import type { Bilingual } from '../../kernel/index.js';
import {
  Callout,
  Card,
  Count,
  Disclosure,
  formatCount,
  Money,
  Table,
  useText,
} from '../kit/index.js';
import { OUTDATED_WORDS, wordOf } from './batch.words.js';

interface PartsProps {
  readonly title: string;
  readonly parts: readonly NamedPart[];
  readonly link: (code: string) => string;
}

/** A longer table is shut until somebody asks for it. */
const PARTS_OPEN = 15;

/** Parts of a total; each leads to its lines. */
export function Parts(props: PartsProps) {
  const t = useText();
  const { title, parts } = props;
  if (parts.length <= PARTS_OPEN) {
    return (
      <Card title={title} isFlush>
        <PartTable {...props} />
      </Card>
    );
  }
  return (
    <Card title={title}>
      <Disclosure summary={t(`Xem cả ${parts.length} dòng`, `See all ${parts.length}`)}>
        <PartTable {...props} />
      </Disclosure>
    </Card>
  );
}

function PartTable(props: PartsProps) {
  const t = useText();
  const nameOf = (part: NamedPart): Bilingual => part.name ?? { vi: part.code, en: part.code };
  return (
    <Table
      caption={props.title}
      rows={props.parts}
      columns={[
        {
          head: t('Tên', 'Name'),
          isName: true,
          cell: (part) => <a href={props.link(part.code)}>{t(nameOf(part))}</a>,
        },
        {
          head: t('Số dòng', 'Lines'),
          isNumber: true,
          cell: ({ code, lines }) => (
            <a href={props.link(code)}>
              <Count of={lines} />
            </a>
          ),
        },
        {
          head: t('Số tiền', 'Amount'),
          isNumber: true,
          cell: ({ amount }) => <Money amount={amount} />,
        },
      ]}
    />
  );
}

/** What is worth a look before anybody signs; nothing when all is well. */
export function Warnings(props: {
  readonly batchId: string;
  readonly concerns: BatchConcerns;
  readonly accounts: readonly AccountCount[];
}) {
  const { batchId, concerns, accounts } = props;
  const t = useText();
  const { outdated, sharedAccounts } = concerns;
  const unchecked = accounts.filter(({ state }) => !isChecked(state));
  const notChecked = unchecked.reduce((sum, { lines }) => sum + lines, 0);
  if (outdated.count === 0 && sharedAccounts.length === 0 && notChecked === 0) return null;
  const kinds = [...new Set(outdated.lines.map(({ change }) => change))];
  return (
    <Callout tone="warning" title={t('Cần xem trước khi ký', 'Look at this before signing')}>
      <ul class="mb-0">
        {outdated.count > 0 && (
          <li>
            <a href={`/batches/${batchId}/accounts#outdated`}>
              {t(
                `${formatCount(outdated.count)} dòng không còn đúng với hồ sơ`,
                `${formatCount(outdated.count)} lines no longer agree with the records`,
              )}
            </a>{' '}
            ({kinds.map((change) => t(wordOf(OUTDATED_WORDS, change)).toLowerCase()).join(', ')})
          </li>
        )}
        {notChecked > 0 && (
          <li>
            <a href={`/batches/${batchId}/accounts`}>
              {t(
                `${formatCount(notChecked)} dòng có tài khoản chưa được xác minh đúng tên`,
                `${formatCount(notChecked)} lines have accounts that are not verified`,
              )}
            </a>
          </li>
        )}
        {sharedAccounts.length > 0 && (
          <li>
            <a href={`/batches/${batchId}/accounts#shared`}>
              {t(
                `${sharedAccounts.length} tài khoản nhận tiền của nhiều người`,
                `${sharedAccounts.length} accounts receive for several people`,
              )}
            </a>
          </li>
        )}
      </ul>
    </Callout>
  );
}
