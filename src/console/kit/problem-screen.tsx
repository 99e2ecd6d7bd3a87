import type { Problem } from '../../platform/http/index.js';
import { useText } from './context.js';
import { screen, type Screen } from './screen.js';

/** A page that could not be shown: what happened, and the way on. */
export function problemScreen(problem: Problem, isSignedIn: boolean): Screen {
  return screen({
    title: {
      vi: TITLES[problem.status]?.vi ?? OTHER.vi,
      en: TITLES[problem.status]?.en ?? OTHER.en,
    },
    status: problem.status,
    bare: !isSignedIn,
    body: <ProblemBody problem={problem} />,
  });
}

const OTHER = { vi: 'Chưa xem được trang này', en: 'This page cannot be shown' };

/** Addresses are for programs; whoever reads pages is sent back to one. */
const NO_SUCH_PAGE = {
  vi: 'Không có trang này: địa chỉ gõ sai, hoặc đường dẫn đã cũ. Xin quay lại trang trước hoặc về trang chính.',
  en: 'There is no such page: the address is mistyped, or the link is old. Please go back, or to the home page.',
};

const TITLES: Readonly<Record<number, { vi: string; en: string }>> = {
  403: { vi: 'Không được phép', en: 'Not permitted' },
  404: { vi: 'Không tìm thấy', en: 'Not found' },
  500: { vi: 'Lỗi của hệ thống', en: 'A fault of the system' },
};

function ProblemBody({ problem }: { problem: Problem }) {
  const t = useText();
  const errors = problem['errors'] as readonly { messages: Problem['messages'] }[] | undefined;
  return (
    <div class="card">
      <div class="card-body">
        <p>{t(problem.code === 'request.no-such-address' ? NO_SUCH_PAGE : problem.messages)}</p>
        {errors && (
          <ul>
            {errors.map(({ messages }) => (
              <li>{t(messages)}</li>
            ))}
          </ul>
        )}
        {problem.status >= 500 && (
          <p class="text-secondary">
            {t('Mã yêu cầu', 'Request')}: <code>{problem.instance.split(':').at(-1)}</code>
          </p>
        )}
        <a class="btn btn-primary" href="/">
          {t('Về trang chính', 'To the home page')}
        </a>
      </div>
    </div>
  );
}
