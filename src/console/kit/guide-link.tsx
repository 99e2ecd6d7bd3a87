import { useText } from './context.js';

/** The main tasks that the guide tells step by step, in the order in which the money walks. */
export const GUIDE_TOPICS = [
  'lists',
  'signing',
  'carrying',
  'mending',
  'doubts',
  'reconciliation',
  'alerts',
  'banks',
  'setting-up',
] as const;
export type GuideTopic = (typeof GUIDE_TOPICS)[number];

/** The way to what my role does, and to one task of it step by step. */
export function GuideLinks({ to }: { to: GuideTopic }) {
  const t = useText();
  return (
    <p class="empty-guide">
      <a href={`/guide/${to}`}>{t('Xem hướng dẫn việc này', 'How this is done')}</a>
      {' · '}
      <a href="/guide">{t('Hướng dẫn theo vai trò của bạn', 'The guide for your role')}</a>
    </p>
  );
}
