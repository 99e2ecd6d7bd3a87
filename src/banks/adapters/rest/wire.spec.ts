import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { Money } from '../../../kernel/index.js';
import { factOf, enquiryAnswerOf } from './interpret.js';
import { signRequest } from './signature.js';
import {
  absentPaymentSchema,
  accountAnswerSchema,
  enquiryAnswerSchema,
  noticeSchema,
  paymentStatusSchema,
  problemSchema,
  statementPageSchema,
  submissionAnswerSchema,
} from './wire.js';

interface SchemaNode {
  type?: string;
  enum?: string[];
  pattern?: string;
  required?: string[];
  properties?: Record<string, unknown>;
}
const text = readFileSync('src/banks/adapters/rest/wire.openapi.yaml', 'utf8');
const paper = parse(text) as {
  info: { description: string };
  components: { examples: Record<string, { value: unknown }>; schemas: Record<string, SchemaNode> };
};
const example = (name: string): unknown => paper.components.examples[name]?.value;
const named = (name: string): SchemaNode => paper.components.schemas[name] ?? {};

describe('the paper that a bank implements from, and the adapter', () => {
  it.each<[string, z.ZodType]>([
    ['credited', paymentStatusSchema],
    ['takenIn', paymentStatusSchema],
    ['rejected', paymentStatusSchema],
    ['submissionStatus', submissionAnswerSchema],
    ['enquiryAnswer', enquiryAnswerSchema],
    ['accountFound', accountAnswerSchema],
    ['accountAbsent', accountAnswerSchema],
    ['statementPage', statementPageSchema],
    ['notice', noticeSchema],
    ['nothingAccepted', problemSchema],
    ['referenceReused', problemSchema],
  ])('the example %s is read by the adapter', (name, schema) => {
    expect(schema.safeParse(example(name))).toMatchObject({ success: true });
  });

  it.each<[string, z.ZodObject]>([
    ['PaymentStatus', paymentStatusSchema],
    ['SubmissionStatus', submissionAnswerSchema],
    ['EnquiryAnswer', enquiryAnswerSchema],
    ['Notice', noticeSchema],
    ['AbsentPayment', absentPaymentSchema],
  ])('the fields of %s, and which are required, are the same in both', (name, schema) => {
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
    expect(Object.keys(json.properties ?? {}).sort()).toEqual(
      Object.keys(named(name).properties ?? {}).sort(),
    );
    expect([...(json.required ?? [])].sort()).toEqual([...(named(name).required ?? [])].sort());
  });

  it('the entries of a statement have the same fields in both', () => {
    const json = z.toJSONSchema(statementPageSchema, {
      io: 'input',
      unrepresentable: 'any',
    }) as unknown as {
      properties: { entries: { items: SchemaNode } };
    };
    const entry = json.properties.entries.items;
    expect(Object.keys(entry.properties ?? {}).sort()).toEqual(
      Object.keys(named('StatementEntry').properties ?? {}).sort(),
    );
    expect([...(entry.required ?? [])].sort()).toEqual(
      [...(named('StatementEntry').required ?? [])].sort(),
    );
  });

  it('every status word of the paper has a meaning, and it is the one the paper gives', () => {
    const words = (named('PaymentStatus').properties?.status as SchemaNode).enum ?? [];
    expect(words).toHaveLength(15);
    for (const status of words) {
      const fact = factOf({ reference: 'CT1', status, reasonCode: 'AC04' }, { reference: 'CT1' });
      const row =
        paper.info.description
          .split('\n')
          .find((line) => line.includes(`\`${status}\``) && line.startsWith('|')) ?? '';
      const kind = {
        settled: 'credited to',
        accepted: 'taken in',
        rejected: 'not paid',
        returned: 'came back',
        unknown: '?',
      }[fact.kind];
      expect(`${status}: ${row}`).toContain(kind);
    }
  });

  it('amounts and references have the same form in both', () => {
    const amount = new RegExp(named('Amount').pattern ?? '');
    const reference = new RegExp(named('Reference').pattern ?? '');
    for (const candidate of ['1', '2789000', '-1', '1.5', '1,5', '1e3', '', ' 1', '1.234.567']) {
      const read = paymentStatusSchema.safeParse({
        reference: 'CT1',
        status: 'ACCC',
        amount: candidate,
      });
      expect([candidate, read.success]).toEqual([candidate, amount.test(candidate)]);
    }
    for (const candidate of ['CT1', '', 'a b', 'é', 'x'.repeat(35), 'x'.repeat(36)]) {
      const read = paymentStatusSchema.safeParse({ reference: candidate, status: 'ACCC' });
      expect([candidate, read.success]).toEqual([candidate, reference.test(candidate)]);
    }
  });

  it('every reference inside the paper leads somewhere', () => {
    const pointers = [...text.matchAll(/\$ref: ['"]#\/([^'"]+)['"]/g)].map(
      (found) => found[1] ?? '',
    );
    expect(pointers.length).toBeGreaterThan(40);
    const lost = pointers.filter((pointer) => {
      const step = (node: unknown, name: string): unknown =>
        (node as Record<string, unknown> | undefined)?.[name];
      return pointer.split('/').reduce(step, paper as unknown) === undefined;
    });
    expect(lost).toEqual([]);
  });

  it('no text of the paper falls apart into keys at its commas', () => {
    const empty: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (node === null) empty.push(path);
      if (typeof node !== 'object' || node === null) return;
      for (const [name, below] of Object.entries(node)) walk(below, `${path}/${name}`);
    };
    walk(paper, '');
    expect(empty).toEqual(['/components/examples/statementPage/value/nextCursor']);
  });

  it('the examples mean what the paper says', () => {
    const ours = { reference: 'CT0197F3A2B4C67D8E9F00112233445566', amount: Money.of('2789000') };
    expect(factOf(example('credited'), ours).kind).toBe('settled');
    expect(factOf(example('rejected'), ours)).toMatchObject({
      kind: 'rejected',
      reason: { code: 'AC04' },
    });
    const { payments } = example('enquiryAnswer') as { payments: unknown[] };
    expect(enquiryAnswerOf(payments[0], ours).kind).toBe('returned');
    expect(
      enquiryAnswerOf(payments[1], { reference: 'CT0197F3A2B4C67D8E9F00112233445577' }).kind,
    ).toBe('not-found');
  });

  it('the worked example of a signature is right', () => {
    const headers = signRequest({
      secret: 'whsec_YSBzZWNyZXQgb25seSBmb3IgdGVzdGluZw==',
      id: 'msg_1',
      at: new Date(1795600000 * 1000),
      method: 'POST',
      target: '/v1/payments',
      body: '{"reference":"CT1"}',
    });
    expect(paper.info.description).toContain(`webhook-signature: ${headers['webhook-signature']}`);
  });
});
