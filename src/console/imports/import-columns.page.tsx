import {
  FIELDS,
  NOT_READ,
  type ImportDetail,
  type ShownHeadings,
} from '../../entitlements/index.js';
import {
  Callout,
  Card,
  Empty,
  Form,
  Select,
  Submit,
  Table,
  useConsole,
  useText,
} from '../kit/index.js';
import { ImportTabs } from './import-tabs.js';
import { FIELD_TEXTS, senderText } from './import.texts.js';

interface Props {
  readonly list: ImportDetail;
  readonly shown: ShownHeadings | null;
  readonly mendedCount: number;
}

/** Which heading is taken for which field, and a form to say it better. */
export function ColumnsPage({ list, shown, mendedCount }: Props) {
  const t = useText();
  return (
    <>
      <ImportTabs list={list} mendedCount={mendedCount} />
      {shown === null ? (
        <Empty
          title={t('Không thấy dòng tiêu đề nào trong tệp.', 'No headings were found in the file.')}
        >
          {list.refusal && <p>{t(list.refusal)}</p>}
          {t(
            'Ghi tên các cột trong một dòng phía trên danh sách rồi gửi lại tệp.',
            'Write the names of the columns into a row above the list and send the file again.',
          )}
        </Empty>
      ) : (
        <Headings list={list} shown={shown} />
      )}
    </>
  );
}

function Headings({ list, shown }: { list: ImportDetail; shown: ShownHeadings }) {
  const t = useText();
  const { may } = useConsole();
  const mayMap = may('import.write') && (list.state === 'checked' || list.state === 'refused');
  const where =
    list.format === 'xlsx'
      ? t(
          `Tiêu đề ở trang "${shown.sheet}", dòng ${shown.row}. `,
          `The headings stand in sheet "${shown.sheet}", row ${shown.row}. `,
        )
      : '';
  return (
    <>
      <Missing shown={shown} />
      {mayMap ? (
        <Form action={`/imports/${list.id}/columns`} label={t('Nội dung các cột', 'Columns')}>
          <p>
            {where}
            {t(
              `Chỉ ra mỗi cột chứa nội dung gì rồi kiểm tra lại. Cách gọi cột được nhớ cho nơi gửi "${t(senderText(list.sender))}".`,
              `Say what each column holds and check again. What was said is remembered for "${t(senderText(list.sender))}".`,
            )}
          </p>
          <Card isFlush>
            <HeadingTable shown={shown} isForm />
          </Card>
          {list.state === 'checked' && (
            <Callout tone="warning">
              {t(
                'Tệp được kiểm tra lại thành một danh sách mới. Danh sách này, cùng các ô đã sửa trong đó, được xếp lại là không nhận.',
                'The file is checked as a new list. This one, with the cells mended in it, is put aside as refused.',
              )}
            </Callout>
          )}
          <Submit>{t('Kiểm tra lại với các cột này', 'Check again with these columns')}</Submit>
        </Form>
      ) : (
        <>
          <p>{where}</p>
          <Card isFlush>
            <HeadingTable shown={shown} />
          </Card>
        </>
      )}
    </>
  );
}

function Missing({ shown }: { shown: ShownHeadings }) {
  const t = useText();
  if (shown.missing.length === 0) return null;
  return (
    <Callout tone="danger" title={t('Chưa thấy các cột bắt buộc', 'Needed columns are missing')}>
      {shown.missing.map((field) => t(FIELD_TEXTS[field])).join(', ')}.
    </Callout>
  );
}

function HeadingTable({ shown, isForm }: { shown: ShownHeadings; isForm?: boolean }) {
  const t = useText();
  const choices = FIELDS.map((field) => ({ value: field, text: FIELD_TEXTS[field] }));
  return (
    <Table
      caption={t('Tiêu đề cột và nội dung được hiểu', 'Headings and what they are taken for')}
      rows={shown.headings}
      columns={[
        { head: t('Cột', 'Column'), cell: ({ column }) => column },
        {
          head: t('Tiêu đề trong tệp', 'Heading in the file'),
          isName: true,
          cell: ({ heading }) => heading || t('(không có chữ)', '(no words)'),
        },
        {
          head: t('Được hiểu là', 'Taken for'),
          cell: ({ heading, field, column }) =>
            isForm && heading !== '' ? (
              <>
                <input type="hidden" name="heading" value={heading} />
                <Select
                  name="meaning"
                  id={`meaning-${column}`}
                  label={t(`Cột ${column} là`, `Column ${column} is`)}
                  choices={[
                    {
                      value: NOT_READ,
                      text: t('Không dùng (giữ làm ghi chú)', 'Not used (kept as a note)'),
                    },
                    ...choices,
                  ]}
                  value={field ?? NOT_READ}
                />
              </>
            ) : field === null ? (
              t('Không dùng (giữ làm ghi chú)', 'Not used (kept as a note)')
            ) : (
              t(FIELD_TEXTS[field])
            ),
        },
        {
          head: t('Nhận ra nhờ', 'Known by'),
          cell: ({ field, taught }) =>
            taught
              ? t('người dùng đã chỉ ra', 'somebody said so')
              : field === null
                ? t('chưa nhận ra', 'not known')
                : t('tên cột', 'its name'),
        },
      ]}
    />
  );
}
