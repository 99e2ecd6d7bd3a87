import { closingOf, type ToldBooking, type ToldStatement } from './bank-statement.js';

export interface SwiftParts {
  /** With the blocks of SWIFT around it; else bare. */
  readonly blocks?: boolean;
  readonly lineEnd?: string;
  /** How field 86 tells of a booking. */
  readonly about?: (booking: ToldBooking) => string;
  readonly closing?: string;
  /** Balances of pages: `60M`, `62M`. */
  readonly opens?: '60F' | '60M';
  readonly closes?: '62F' | '62M';
}

const LINE = 65;

/** `yymmdd` */
const short = (iso: string): string => iso.slice(2, 10).replaceAll('-', '');

const signOf = (digits: string): string => (digits.startsWith('-') ? 'D' : 'C');

/** As `/EREF/…/`, cut over lines as SWIFT asks. */
export const slashed = ({ reference, returnCode, words }: ToldBooking): string =>
  [
    reference === undefined ? '' : `/EREF/${reference}`,
    returnCode === undefined ? '' : `/RTRN/${returnCode}`,
    words === undefined ? '' : `/REMI/${words}`,
  ].join('');

/** In subfields of 27 characters, the reference cut in two. */
export const subfields = ({ reference = '', returnCode }: ToldBooking): string => {
  const text = `EREF+${reference}${returnCode === undefined ? '' : ` RTRN ${returnCode}`}`;
  const cuts = Array.from({ length: Math.ceil(text.length / 27) }, (_, at) =>
    text.slice(at * 27, (at + 1) * 27),
  );
  return `166?00CHI TRA${cuts.map((cut, at) => `?${20 + at}${cut}`).join('')}`;
};

export function field61(booking: ToldBooking): string {
  const { bookedAt, direction, reversal, amount, number, returnCode } = booking;
  const day = short(bookedAt);
  const plain = direction === 'credit' ? 'C' : 'D';
  const mark = reversal ? `R${direction === 'credit' ? 'D' : 'C'}` : plain;
  const type = returnCode === undefined ? 'NTRF' : 'NRTI';
  const ref = number === undefined ? '' : `//${number}`;
  return `:61:${day}${day.slice(2)}${mark}${amount},${type}NONREF${ref}`;
}

export function mt940(told: ToldStatement, parts: SwiftParts = {}): string {
  const closing = parts.closing ?? closingOf(told);
  const about = parts.about ?? slashed;
  const digits = (amount: string) => `VND${amount.replace('-', '')},`;
  const lines = [
    `:20:${told.id}`,
    `:25:${told.account}`,
    ':28C:1/1',
    `:${parts.opens ?? '60F'}:${signOf(told.opening)}${short(told.from)}${digits(told.opening)}`,
    ...told.bookings.flatMap((booking) => {
      const text = about(booking);
      return [field61(booking), ...(text === '' ? [] : cut(`:86:${text}`))];
    }),
    `:${parts.closes ?? '62F'}:${signOf(closing)}${short(told.to)}${digits(closing)}`,
    `:64:${signOf(closing)}${short(told.to)}${digits(closing)}`,
  ];
  const text = parts.blocks
    ? ['{1:F01BANKVNVXAXXX0000000000}{2:O9400600261121}{3:{108:X}}{4:', ...lines, '-}{5:{CHK:0}}']
    : [...lines, '-'];
  return text.map((line) => `${line}${parts.lineEnd ?? '\r\n'}`).join('');
}

function cut(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / LINE) }, (_, at) =>
    text.slice(at * LINE, (at + 1) * LINE),
  );
}
