import type { AuditRow } from '../../audit/index.js';
import {
  Card,
  Disclosure,
  Empty,
  ExportLinks,
  Facts,
  Field,
  FilterBar,
  href,
  Moment,
  Pager,
  Select,
  Table,
  Tabs,
  useText,
} from '../kit/index.js';
import { AuditSentence } from './audit.sentence.js';
import { THINGS } from './audit.things.js';
import { AREAS } from './audit.words.js';

export interface AuditPageFilter {
  readonly who?: string;
  readonly area?: string;
  readonly from?: string;
  readonly to?: string;
  /** One thing, asked about by a link. */
  readonly thing?: string;
  readonly id?: string;
}

export interface AuditListProps {
  readonly filter: AuditPageFilter;
  readonly entries: readonly AuditRow[];
  readonly nextCursor: string | null;
  /** Names of people by the ids of the actors. */
  readonly names: ReadonlyMap<string, string>;
}

export function AuditTabs() {
  return (
    <Tabs
      of={[
        { href: '/admin/audit', text: { vi: 'Nhật ký', en: 'Trail' } },
        {
          href: '/admin/audit/verification',
          text: { vi: 'Kiểm tra chuỗi', en: 'Verify the chain' },
        },
      ]}
    />
  );
}

/** Who did what, newest first. */
export function AuditList({ filter, entries, nextCursor, names }: AuditListProps) {
  const t = useText();
  return (
    <>
      <AuditTabs />
      <FilterBar action="/admin/audit">
        <Field
          name="who"
          type="search"
          label={t('Ai', 'Who')}
          hint={t('Tên, tên đăng nhập, hoặc: hệ thống', 'Name, login, or: system')}
          value={filter.who}
        />
        <Select
          name="area"
          label={t('Việc gì', 'What')}
          any={t('Mọi việc', 'Everything')}
          value={filter.area}
          choices={Object.entries(AREAS).map(([value, text]) => ({ value, text }))}
        />
        <Field name="from" type="date" label={t('Từ ngày', 'From')} value={filter.from} />
        <Field name="to" type="date" label={t('Đến hết ngày', 'To, included')} value={filter.to} />
        {filter.thing && (
          <>
            <input type="hidden" name="thing" value={filter.thing} />
            <input type="hidden" name="id" value={filter.id} />
          </>
        )}
      </FilterBar>
      {filter.thing && <AboutOneThing filter={filter} />}
      <Card isFlush>
        <Entries entries={entries} names={names} />
      </Card>
      <Pager nextCursor={nextCursor} />
    </>
  );
}

export const AuditExports = () => <ExportLinks path="/admin/audit" />;

function AboutOneThing({
  filter: { who, area, from, to, thing = '' },
}: {
  filter: AuditPageFilter;
}) {
  const t = useText();
  const text = THINGS[thing];
  return (
    <p>
      {t('Chỉ những việc về', 'Only what is about')} <strong>{text ? t(text) : thing}</strong>.{' '}
      <a href={href('/admin/audit', { who, area, from, to })}>
        {t('Xem mọi việc', 'Show everything')}
      </a>
    </p>
  );
}

function Entries({ entries, names }: Pick<AuditListProps, 'entries' | 'names'>) {
  const t = useText();
  return (
    <Table
      caption={t('Nhật ký, mới nhất trước', 'The trail, newest first')}
      rows={entries}
      empty={
        <Empty title={t('Không có việc nào khớp.', 'Nothing matches.')}>
          <p>
            {t(
              'Thử khoảng ngày rộng hơn, hoặc chỉ gõ một phần tên.',
              'Try more days, or only a part of the name.',
            )}
          </p>
        </Empty>
      }
      columns={[
        { head: t('Lúc', 'When'), cell: (row) => <Moment at={row.at} /> },
        { head: t('Ai', 'Who'), isName: true, cell: (row) => <Who row={row} names={names} /> },
        { head: t('Việc đã làm', 'What'), cell: (row) => <AuditSentence of={row} /> },
        { head: t('Chi tiết', 'Detail'), cell: (row) => <Detail row={row} /> },
      ]}
    />
  );
}

/** A person with the login, another system by its key, or ChiTra itself. */
export function Who({ row, names }: { row: AuditRow; names: ReadonlyMap<string, string> }) {
  const t = useText();
  if (row.actorKind === 'system') return <>{t('Hệ thống', 'The system')}</>;
  if (row.actorKind === 'api-key') {
    return (
      <>
        {t('Khóa API', 'API key')} {row.actorName}
      </>
    );
  }
  const name = names.get(row.actorId);
  return <>{name === undefined ? row.actorName : `${name} (${row.actorName})`}</>;
}

function Detail({ row }: { row: AuditRow }) {
  const t = useText();
  return (
    <Disclosure summary={t('Mở', 'Open')}>
      <Facts
        of={[
          {
            name: t('Cùng đối tượng', 'The same thing'),
            value: (
              <a href={href('/admin/audit', { thing: row.subjectType, id: row.subjectId })}>
                {t('mọi việc về đối tượng này', 'everything about it')}
              </a>
            ),
          },
          {
            name: t('Cùng người', 'The same person'),
            value: (
              <a href={href('/admin/audit', { who: row.actorName })}>
                {t('mọi việc người này làm', 'everything they did')}
              </a>
            ),
          },
          { name: t('Số trong chuỗi', 'Place in the chain'), value: row.seq },
          { name: t('Dấu niêm', 'Seal'), value: <code class="digest">{row.hash}</code> },
          { name: t('Mã việc', 'Code'), value: <code>{row.action}</code> },
          { name: t('Mã đối tượng', 'Subject'), value: <code>{row.subjectId}</code> },
        ]}
      />
      <pre>{JSON.stringify(row.detail, null, 2)}</pre>
    </Disclosure>
  );
}
