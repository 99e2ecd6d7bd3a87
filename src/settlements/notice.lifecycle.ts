import { lifecycle } from '../kernel/index.js';

export const NOTICE_STATES = ['received', 'applied', 'conflict'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/**
 * A notice is applied once. One whose id came before with another body ends as a conflict at the door: the bank
 * must say which of the two it meant, and until then the first counts.
 */
export const noticeLifecycle = lifecycle<NoticeState>({
  name: 'notice',
  initial: 'received',
  moves: { received: ['applied', 'conflict'], applied: [], conflict: [] },
});
