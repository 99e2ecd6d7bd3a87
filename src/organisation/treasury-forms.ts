import { z } from 'zod';
import { loadJson, type YamlSource } from '../platform/config/index.js';
import { provenance } from './provenance.js';

const formFile = z.object({
  ...provenance,
  mau_09_bang_thanh_toan_cho_doi_tuong_thu_huong: z.object({
    header: z.array(z.string()),
    section_I: z.string(),
    columns: z.array(z.string()),
    use_for_allowances: z.string(),
    footer: z.array(z.string()),
  }),
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

  /** The list that goes with a withdrawal: header lines, column titles and foot. */
  get paymentList(): FormFile['mau_09_bang_thanh_toan_cho_doi_tuong_thu_huong'] {
    return this.file.mau_09_bang_thanh_toan_cho_doi_tuong_thu_huong;
  }
}
