/** One change of a payment at the bank: a word of the paper, and why where the paper wants a reason. */
export interface Word {
  readonly status: string;
  readonly reasonCode?: string;
}

/** What the bank does with an order, and what it lets its client know of it. */
export interface Story {
  /** Changes before the answer to the order goes out. */
  readonly first: readonly Word[];
  /** Changes after it. */
  readonly later?: readonly Word[];
  /** The first changes are noticed, and the notices taken in, before the answer goes out. */
  readonly noticedFirst?: true;
  readonly answer?:
    | 'newest'
    /** What stood before the last change: the answer was written, and then kept waiting. */
    | 'oldest'
    /** The connection is cut instead. */
    | 'none'
    /** After the client's time-out. */
    | 'too-late'
    | 'refused-for-a-time-out';
  /** What comes of the first arrival; the second goes as above. */
  readonly arrival?: 'dropped' | 'nothing-accepted';
  /** Every notice five times, the newest first. */
  readonly shuffled?: true;
  /** The bank cannot number its changes and gives their time alone. */
  readonly unnumbered?: true;
}

const received = { status: 'ACSP' };
const credited = { status: 'ACCC' };
const cameBack = { status: 'RTRN', reasonCode: 'AC06' };

/** By the last four digits of the account; what is not listed is credited at once. */
export const STORIES: Readonly<Record<string, Story>> = {
  '0001': { first: [received], later: [credited] },
  '0002': { first: [received, credited], noticedFirst: true, answer: 'oldest' },
  '0003': { first: [credited, cameBack], noticedFirst: true, answer: 'oldest' },
  '0004': { first: [{ status: 'RJCT', reasonCode: 'AC01' }] },
  '0005': { first: [received], later: [credited], answer: 'none' },
  '0006': { first: [credited], answer: 'too-late' },
  '0007': { first: [credited], arrival: 'dropped' },
  '0008': { first: [received], later: [{ status: 'ACSC' }, credited, cameBack], shuffled: true },
  '0009': { first: [received], later: [credited], unnumbered: true, shuffled: true },
  '0010': { first: [credited], arrival: 'nothing-accepted' },
  '0011': { first: [credited], answer: 'refused-for-a-time-out' },
  '0012': { first: [received], later: [{ status: 'RJCT', reasonCode: 'BE01' }] },
};

export const PLAIN: Story = { first: [credited] };
