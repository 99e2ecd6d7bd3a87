import type { GuideTopic } from '../kit/index.js';
import { alerts, bankTrouble, doubts, reconciliation, settingUp } from './check-topics.js';
import { carrying, lists, mending, signing } from './money-topics.js';
import type { Topic } from './topic.js';

/** The main tasks by their address, in the order in which the money walks. */
export const TOPICS: Readonly<Record<GuideTopic, Topic>> = {
  lists,
  signing,
  carrying,
  mending,
  doubts,
  reconciliation,
  alerts,
  banks: bankTrouble,
  'setting-up': settingUp,
};
