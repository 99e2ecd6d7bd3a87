import type { Random } from './random.js';

/** How a call ends, whatever the bank has done. */
export type MessageEnd = 'answers' | 'throws' | 'hangs' | 'null' | 'a stranger';

export const drawMessage =
  (trouble: number) =>
  (random: Random): MessageEnd =>
    random.weighted<MessageEnd>({
      answers: 8,
      throws: trouble,
      hangs: trouble,
      null: 0.5 * trouble,
      'a stranger': 0.5 * trouble,
    });

/** After these nothing else is paid to the person until somebody has looked. */
const REFUSALS = ['AC01', 'AC04', 'AC06', 'BE01', 'MD07', 'AM04', 'AB08'] as const;
export const RETURNS = ['AC04', 'AC06', 'BE01', 'MD07', 'CUST'] as const;

/** `slow`: taken in, and booked later or never. */
type Act = 'settled' | 'accepted' | 'rejected' | 'slow' | 'nothing';
type Says = 'truth' | 'unknown' | 'left-out' | 'not-sent' | 'refusal';

/** What the bank does with one order, and what it says of it: `act[:code]/says[:wait]`. */
export function drawOrder(random: Random, trouble: number): string {
  const code = random.pick(REFUSALS);
  return random.weighted({
    'settled/truth': 4,
    'accepted/truth': 2,
    [`rejected:${code}/truth`]: 0.8,
    'settled/unknown': trouble,
    'accepted/unknown': 0.6 * trouble,
    [`rejected:${code}/unknown`]: 0.4 * trouble,
    'slow/unknown': 2.5 * trouble,
    'slow/left-out': 0.5 * trouble,
    'settled/left-out': 0.6 * trouble,
    'nothing/unknown': 1.2 * trouble,
    'nothing/not-sent': trouble,
    'nothing/not-sent:900000': 0.4 * trouble,
    [`nothing:${code}/refusal`]: trouble,
  });
}

export function readOrder(mood: string): {
  act: Act;
  code: string;
  says: Says;
  waitMs: number | undefined;
} {
  const [doing = '', saying = ''] = mood.split('/');
  const [act = 'settled', code = 'NARR'] = doing.split(':');
  const [says = 'truth', wait] = saying.split(':');
  const waitMs = wait === undefined ? undefined : Number(wait);
  return { act: act as Act, code, says: says as Says, waitMs };
}

export function drawStatement(random: Random, trouble: number): string {
  return random.weighted({
    whole: 8,
    unreadable: trouble,
    'breaking off': trouble,
    'not adding up': 0.5 * trouble,
  });
}
