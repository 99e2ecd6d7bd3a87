import { ROLES, type Role } from '../../identity/index.js';
import type { Bilingual } from '../../kernel/index.js';
import { Card, Disclosure, Facts, ROLE_TEXTS, useConsole, useText } from '../kit/index.js';
import { ROLE_GUIDES } from './role.guide.js';
import type { Step, Topic } from './topic.js';
import { TOPICS } from './topics.js';

/** What I do, in which order, where, and what I never do; then the main tasks, and the keyboard. */
export function GuidePage() {
  const { viewer } = useConsole();
  const t = useText();
  const mine = ROLES.filter((role) => viewer?.roles.includes(role));
  const others = ROLES.filter((role) => !mine.includes(role));
  return (
    <>
      {mine.map((role) => (
        <Card title={ROLE_TEXTS[role]}>
          <OneRole role={role} />
        </Card>
      ))}
      <Card title={t('Việc chính, từng bước', 'The main tasks, step by step')}>
        <Facts
          of={[
            ...Object.entries(TOPICS).map(([slug, { title, summary }]) => ({
              name: title,
              value: <a href={`/guide/${slug}`}>{t(summary)}</a>,
            })),
            {
              name: { vi: 'Xử lý cảnh báo', en: 'Dealing with alerts' },
              value: (
                <a href="/guide/alerts">
                  {t(
                    'Mỗi cảnh báo nghĩa là gì, xem ở đâu, làm gì, báo cho ai',
                    'What each alert means, where to look, what to do, whom to tell',
                  )}
                </a>
              ),
            },
          ]}
        />
      </Card>
      <Keyboard />
      <Card title={t('Các vai trò khác', 'The other roles')}>
        {others.map((role) => (
          <Disclosure summary={ROLE_TEXTS[role]}>
            <OneRole role={role} />
          </Disclosure>
        ))}
      </Card>
    </>
  );
}

function OneRole({ role }: { role: Role }) {
  const t = useText();
  const { purpose, steps, never } = ROLE_GUIDES[role];
  return (
    <>
      <p>{t(purpose)}</p>
      <Steps of={steps} />
      <p>
        <strong>{t('Không bao giờ:', 'Never:')}</strong>
      </p>
      <ul>
        {never.map((what) => (
          <li>{t(what)}</li>
        ))}
      </ul>
    </>
  );
}

function Steps({ of }: { of: readonly Step[] }) {
  const { may } = useConsole();
  const t = useText();
  return (
    <ol>
      {of.map(({ text, href, permission }) => (
        <li>{href && (!permission || may(permission)) ? <a href={href}>{t(text)}</a> : t(text)}</li>
      ))}
    </ol>
  );
}

/** One task, step by step, and what to do when it does not go. */
export function TopicPage({ topic }: { topic: Topic }) {
  const t = useText();
  return (
    <>
      <Card>
        <p>{t(topic.summary)}</p>
        <Steps of={topic.steps} />
      </Card>
      <Card title={t('Khi gặp vướng mắc', 'When it does not go')}>
        {topic.troubles.map(({ what, answer }) => (
          <>
            <h3>{t(what)}</h3>
            <p>{t(answer)}</p>
          </>
        ))}
      </Card>
      <p>
        <a href="/guide">{t('Về hướng dẫn chung', 'To the guide')}</a>
      </p>
    </>
  );
}

const KEYS: readonly { readonly keys: string; readonly does: Bilingual }[] = [
  {
    keys: 'Tab, Shift + Tab',
    does: {
      vi: 'Sang ô, nút, đường dẫn kế tiếp; quay lại',
      en: 'To the next field, button or link; back',
    },
  },
  {
    keys: 'Enter',
    does: {
      vi: 'Mở đường dẫn, bấm nút, gửi biểu mẫu',
      en: 'Open a link, press a button, send a form',
    },
  },
  {
    keys: 'Space',
    does: { vi: 'Đánh dấu ô chọn; mở phần đang gấp', en: 'Tick a box; open what is folded' },
  },
  {
    keys: '↑ ↓',
    does: {
      vi: 'Chọn trong danh sách thả xuống và nhóm nút tròn',
      en: 'Choose in a list or a group of round buttons',
    },
  },
  { keys: 'Ctrl + F', does: { vi: 'Tìm chữ trên trang', en: 'Find on the page' } },
  {
    keys: 'Ctrl + P',
    does: { vi: 'In trang, hoặc lưu thành PDF', en: 'Print the page, or save it as PDF' },
  },
  { keys: 'Alt + ←', does: { vi: 'Về trang trước', en: 'Back' } },
  { keys: 'Ctrl + / Ctrl −', does: { vi: 'Chữ to hơn, nhỏ hơn', en: 'Larger or smaller letters' } },
];

function Keyboard() {
  const t = useText();
  return (
    <Card title={t('Dùng bàn phím', 'By keyboard')}>
      <p>
        {t(
          'Mọi việc làm được không cần chuột. Phím Tab đầu tiên trên mỗi trang là đường tắt đến nội dung chính.',
          'Everything can be done without a mouse. The first Tab of each page is a short way to its content.',
        )}
      </p>
      <Facts of={KEYS.map(({ keys, does }) => ({ name: does, value: <kbd>{keys}</kbd> }))} />
    </Card>
  );
}
