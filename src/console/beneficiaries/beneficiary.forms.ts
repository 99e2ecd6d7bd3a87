import { z } from 'zod';
import { say } from '../../platform/http/index.js';
import { dayField, filterChoice, formOf, optional, ticked } from '../kit/index.js';

const cursor = z.string().max(1_000).optional();

export const peopleFilter = z.object({
  q: optional(z.string().trim().max(140)),
  commune: optional(z.string().regex(/^\d{5}$/)),
  only: optional(z.enum(['held', 'deceased', 'without-account'])),
  cursor,
});
export type PeopleFilter = z.infer<typeof peopleFilter>;

export function searchOf({ q, commune, only }: PeopleFilter) {
  return {
    search: q,
    commune,
    held: only === 'held' ? true : undefined,
    deceased: only === 'deceased' ? true : undefined,
    hasAccount: only === 'without-account' ? false : undefined,
  };
}

/** `all`: every payment at once, to be printed. */
export const fileQuery = z.object({ cursor, all: filterChoice(['yes']) });

const reason = z
  .string()
  .trim()
  .min(3, say({ vi: 'Ghi lý do, ít nhất 3 ký tự.', en: 'Give a reason of at least 3 characters.' }))
  .max(500);
const version = z.coerce.number().int();

export const accountForm = formOf({
  version,
  bank: z
    .string()
    .trim()
    .min(2, say({ vi: 'Chọn ngân hàng.', en: 'Choose the bank.' }))
    .max(140),
  accountNumber: z
    .string()
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(
      z.string().regex(
        /^[0-9A-Za-z]{6,19}$/,
        say({
          vi: 'Số tài khoản gồm 6 đến 19 chữ số hoặc chữ cái.',
          en: 'An account number has 6 to 19 digits or letters.',
        }),
      ),
    ),
  accountName: z
    .string()
    .trim()
    .min(2, say({ vi: 'Ghi tên chủ tài khoản.', en: 'Write the name of the account.' }))
    .max(140),
  reason,
  otherNameConfirmed: ticked,
  verified: ticked,
});

export const confirmationForm = formOf({
  accountId: z.uuid(),
  checkId: optional(z.uuid()),
  reference: z
    .string()
    .trim()
    .min(3, say({ vi: 'Ghi loại và số giấy tờ.', en: 'Write the kind and number of the paper.' }))
    .max(140),
  note: optional(z.string().trim().max(1_000)),
});

export const nameForm = formOf({
  version,
  fullName: z
    .string()
    .trim()
    .min(2, say({ vi: 'Ghi đầy đủ họ tên.', en: 'Write the full name.' }))
    .max(140),
  reason,
});

export const releaseForm = formOf({ reason });

const DAY = say({ vi: 'Ghi ngày theo lịch.', en: 'Give a day of the calendar.' });
export const deathForm = formOf({ diedOn: dayField(DAY), reason });
export const deathTakenBackForm = formOf({ reason });
export const nothingMore = formOf({});
