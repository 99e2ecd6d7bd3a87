import { z } from 'zod';
import { loadJson, type YamlSource } from '../platform/config/index.js';
import { provenance } from './provenance.js';

/** A column of the form: the number and the title that stand above it. */
export interface FormColumn {
  readonly number: string;
  readonly title: string;
}

/** A place to sign: whose it is, and what is asked there, such as "(ký tên, đóng dấu)". */
export interface SigningPlace {
  readonly title: string;
  readonly note: string;
}

/** What is printed on form Mẫu 09 before anything is filled in, in its order. */
export interface PaymentListForm {
  /** `Mẫu số 09` */
  readonly form: string;
  readonly title: string;
  readonly code: string;
  readonly number: string;
  /** `(Kèm theo Giấy rút dự toán …)` */
  readonly attachedTo: string;
  readonly budgetAccount: string;
  readonly depositAccount: string;
  readonly unit: string;
  readonly unitCode: string;
  readonly payerAccount: string;
  readonly content: string;
  /** Thirteen; which of them an allowance stands in is said by `allowanceColumns`. */
  readonly columns: readonly FormColumn[];
  readonly total: string;
  readonly totalInWords: string;
  readonly changes: string;
  readonly preparer: SigningPlace;
  readonly chiefAccountant: SigningPlace;
  readonly head: SigningPlace;
  /** The treasury's own block, which stays empty: its heading and its two places. */
  readonly treasury: { readonly heading: string; readonly places: readonly string[] };
}

const text = z.string().min(1);
const column = z
  .string()
  .regex(/^\d+ \S/, 'a number, a blank and the title')
  .transform((written): FormColumn => {
    const blank = written.indexOf(' ');
    return { number: written.slice(0, blank), title: written.slice(blank + 1) };
  });
const signingPlace = z
  .string()
  .regex(/^[^()]+\([^()]+\)$/, 'a title and, in brackets, what is asked there')
  .transform((written): SigningPlace => {
    const bracket = written.indexOf('(');
    return { title: written.slice(0, bracket).trim(), note: written.slice(bracket) };
  });
const accountKinds = z
  .string()
  .regex(/^[^□]+□ \/ [^□]+□$/, 'two kinds of account, a box behind each')
  .transform((written) => written.split('/').map((kind) => kind.replace('□', '').trim()));
const treasuryBlock = z
  .string()
  .regex(/^[^:]+:[^;]+;[^;]+$/, 'a heading, a colon and two places')
  .transform((written) => {
    const [heading = '', places = ''] = written.split(':');
    return { heading, places: places.split(';').map((place) => place.trim()) };
  });

const paymentList = z
  .object({
    title: text,
    header: z.tuple([text, text, text, text, accountKinds, text, text, text]),
    section_I: text,
    columns: z.array(column).length(13),
    use_for_allowances: text,
    footer: z.tuple([text, text, text, signingPlace, signingPlace, signingPlace, treasuryBlock]),
  })
  .transform(({ title, header, section_I: content, columns, footer }): PaymentListForm => {
    const [form, code, number, attachedTo, kinds, unit, unitCode, payerAccount] = header;
    const [budgetAccount = '', depositAccount = ''] = kinds;
    const [total, totalInWords, changes, preparer, chiefAccountant, head, treasury] = footer;
    return {
      ...{ form, title, code, number, attachedTo, budgetAccount, depositAccount },
      ...{ unit, unitCode, payerAccount, content, columns, total, totalInWords, changes },
      ...{ preparer, chiefAccountant, head, treasury },
    };
  });

const formFile = z.object({
  ...provenance,
  mau_09_bang_thanh_toan_cho_doi_tuong_thu_huong: paymentList,
  other_forms: z.array(z.object({ form: z.string(), name: z.string() })),
  khobac_signatures: z.object({ first: z.string(), second: z.string(), rule: z.string() }),
});

export type FormFile = z.infer<typeof formFile>;

/** The papers of the State Treasury: what stands on form Mẫu 09 (Decree 11/2020/NĐ-CP, appendix II). */
export class TreasuryForms {
  static load(source: YamlSource): TreasuryForms {
    return new TreasuryForms(loadJson(source, 'reference/forms.json', formFile));
  }

  constructor(private readonly file: FormFile) {}

  /** The list that goes with a withdrawal. */
  get paymentList(): PaymentListForm {
    return this.file.mau_09_bang_thanh_toan_cho_doi_tuong_thu_huong;
  }

  /** Numbers of the columns an allowance stands in: the sum of the line, and other allowances. */
  readonly allowanceColumns = { sum: '5', allowance: '10' } as const;
}
