import type { Conduct } from './conduct.js';

/** One change of a payment in the bank's books. The first step happens at once, the others later. */
export interface Step {
  readonly status: 'ACSP' | 'ACCC' | 'RJCT' | 'BLCK' | 'RTRN';
  readonly reasonCode?: string;
  /** After the step before. */
  readonly afterMs: number;
  /** After this step; null: nobody is told. */
  readonly noticeAfterMs: number | null;
  readonly noticeCopies: 1 | 2;
}

export type Steps = readonly [Step, ...Step[]];

/** What happens to the message that brings a payment of this mood, for all payments in it. */
export type Mishap =
  | 'refused' // 503 nothing-accepted
  | 'too-many' // 429 nothing-accepted
  | 'error' // 500
  | 'reset' // connection broken
  | 'slow'
  | 'lost' // booked, connection broken
  | 'silent' // booked, no answer
  | 'garbage'; // booked, unreadable answer

export interface Mood {
  /** What the table of the README says. */
  readonly does: string;
  /** Steps in the books; undefined: as an account without a mood. */
  readonly steps?: (conduct: Conduct, usual: Steps) => Steps;
  /** What the first answer says instead of the truth. */
  readonly firstAnswer?: { readonly status: string; readonly reasonCode?: string };
  /** On the first arrival only, before anything is booked. */
  readonly before?: Extract<Mishap, 'refused' | 'too-many' | 'error' | 'reset'>;
  /** How the bank answers whose account it is; undefined: by the name it was told. */
  readonly inquiry?: 'absent' | 'somebody-else';
  /** On the arrival that books. */
  readonly after?: Extract<Mishap, 'slow' | 'lost' | 'silent' | 'garbage'>;
}

const at = (status: Step['status'], more: Partial<Step> = {}): Step => ({
  status,
  afterMs: 0,
  noticeAfterMs: null,
  noticeCopies: 1,
  ...more,
});
const told = (status: Step['status'], afterMs: number, more: Partial<Step> = {}): Step =>
  at(status, { afterMs, noticeAfterMs: 0, ...more });

/** Without a mood: an instant payment is credited at once, one of a bulk message a little later, by notice. */
export function usualSteps(conduct: Conduct, kind: 'single' | 'bulk'): Steps {
  return kind === 'single' ? [at('ACCC')] : [at('ACSP'), told('ACCC', conduct.settleAfterMs)];
}

const rejects = (code: string): Mood => ({
  does: `rejected at once: ${code}`,
  steps: () => [at('RJCT', { reasonCode: code })],
});
const rejectsLater = (code: string): Mood => ({
  does: `accepted, later rejected by notice: ${code}`,
  steps: (conduct) => [at('ACSP'), told('RJCT', conduct.laterMs, { reasonCode: code })],
});
const returns = (code: string): Mood => ({
  does: `credited, later returned by notice: ${code}`,
  steps: (conduct, usual) => [...usual, told('RTRN', conduct.returnAfterMs, { reasonCode: code })],
});

/** Chosen by the last six characters of the account number; every other account has no mood. */
export const MOODS: ReadonlyMap<string, Mood> = new Map<string, Mood>([
  ['990101', { ...rejects('AC01'), inquiry: 'absent' }],
  ['990103', rejects('AC03')],
  ['990104', { ...rejects('AC04'), inquiry: 'absent' }],
  ['990106', rejects('AC06')],
  ['990114', rejects('AC14')],
  ['990201', { ...rejects('BE01'), inquiry: 'somebody-else' }],
  ['990307', rejects('MD07')],
  ['990401', rejects('AG01')],
  ['990502', rejects('AM02')],
  ['990504', rejects('AM04')],
  ['990514', rejects('AM14')],
  ['990601', rejects('RC01')],
  ['990604', rejects('RC04')],
  ['990704', rejects('RR04')],
  [
    '990705',
    { does: 'blocked at once (BLCK): RR04', steps: () => [at('BLCK', { reasonCode: 'RR04' })] },
  ],
  [
    '990805',
    {
      does: 'answers RJCT AB05 (a time-out) though it is booked',
      firstAnswer: { status: 'RJCT', reasonCode: 'AB05' },
    },
  ],
  [
    '990806',
    {
      does: 'answers RJCT AB06 (a time-out), later rejected by notice: ED05',
      firstAnswer: { status: 'RJCT', reasonCode: 'AB06' },
      steps: (conduct) => [at('ACSP'), told('RJCT', conduct.laterMs, { reasonCode: 'ED05' })],
    },
  ],
  [
    '990899',
    {
      does: 'answers RJCT AM05 (duplicate) though it is booked',
      firstAnswer: { status: 'RJCT', reasonCode: 'AM05' },
    },
  ],
  ['991001', { does: 'books, answers slowly', after: 'slow' }],
  ['991002', { does: '503 nothing-accepted on the first arrival', before: 'refused' }],
  ['991003', { does: '500 before booking on the first arrival', before: 'error' }],
  ['991004', { does: 'books, the answer is lost: the connection breaks', after: 'lost' }],
  [
    '991005',
    { does: 'the connection breaks before booking, on the first arrival', before: 'reset' },
  ],
  ['991006', { does: 'books, never answers', after: 'silent' }],
  ['991007', { does: 'books, answers garbage', after: 'garbage' }],
  ['991008', { does: 'books, answers an unknown status word', firstAnswer: { status: 'WAIT' } }],
  [
    '991009',
    { does: '429 nothing-accepted with Retry-After: 1 on the first arrival', before: 'too-many' },
  ],
  [
    '992001',
    {
      does: 'accepted, later credited by notice',
      steps: (conduct) => [at('ACSP'), told('ACCC', conduct.laterMs)],
    },
  ],
  ['992004', rejectsLater('AC04')],
  ['992007', rejectsLater('MD07')],
  [
    '992008',
    {
      does: 'accepted, later blocked (BLCK) by notice: RR04',
      steps: (conduct) => [at('ACSP'), told('BLCK', conduct.laterMs, { reasonCode: 'RR04' })],
    },
  ],
  [
    '992011',
    {
      does: 'credited, told by notice long after',
      steps: (conduct) => [
        at('ACSP'),
        told('ACCC', conduct.settleAfterMs, { noticeAfterMs: conduct.noticeDelayMs }),
      ],
    },
  ],
  [
    '992012',
    {
      does: 'credited, the same notice is sent twice',
      steps: (conduct) => [at('ACSP'), told('ACCC', conduct.settleAfterMs, { noticeCopies: 2 })],
    },
  ],
  [
    '992013',
    {
      does: 'credited, the notice of the credit comes before the notice of the acceptance',
      steps: (conduct) => [
        at('ACSP', { noticeAfterMs: conduct.settleAfterMs + conduct.laterMs }),
        told('ACCC', conduct.settleAfterMs),
      ],
    },
  ],
  [
    '992014',
    {
      does: 'credited, nobody is told: only an enquiry finds it',
      steps: (conduct) => [at('ACSP'), at('ACCC', { afterMs: conduct.settleAfterMs })],
    },
  ],
  ['993001', returns('AC01')],
  ['993004', returns('AC04')],
  ['993006', returns('AC06')],
  ['993007', returns('MD07')],
  [
    '993014',
    {
      does: 'credited, later returned (AC04), nobody is told: only the statement and an enquiry show it',
      steps: (conduct, usual) => [
        ...usual,
        at('RTRN', { afterMs: conduct.returnAfterMs, reasonCode: 'AC04' }),
      ],
    },
  ],
]);

const CODE_LENGTH = 6;

export function moodOf(accountNumber: string): Mood | undefined {
  return MOODS.get(accountNumber.slice(-CODE_LENGTH));
}

/** The bank's words for its reasons. */
export const REASON_TEXTS: Readonly<Record<string, string>> = {
  AC01: 'So tai khoan khong ton tai',
  AC03: 'So tai khoan nguoi huong khong hop le',
  AC04: 'Tai khoan da dong',
  AC06: 'Tai khoan bi phong toa',
  AC14: 'Loai tai khoan khong nhan duoc',
  AG01: 'Loai tai khoan khong duoc phep giao dich',
  AM02: 'So tien vuot han muc',
  AM04: 'Tai khoan nguon khong du so du',
  AM14: 'Vuot han muc thoa thuan',
  BE01: 'Ten khong khop chu tai khoan',
  MD07: 'Chu tai khoan da chet',
  RC01: 'Ma ngan hang sai',
  RC04: 'Ma ngan hang huong khong hop le',
  RR04: 'Giay to het han hoac chua xac thuc sinh trac hoc',
  ED05: 'Quyet toan that bai',
};
