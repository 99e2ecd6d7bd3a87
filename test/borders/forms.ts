import fc from 'fast-check';
import { hostileText } from './values.js';

const BOUNDARY = 'x-ranh-gioi';
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

interface Part {
  readonly name: string;
  readonly fileName?: string;
  readonly type?: string;
  readonly content: Buffer;
}

const FILES = [
  'STT;Họ và tên\n1;=1+1\n',
  'PK\u0003\u0004rác',
  '[{"Số tiền":1e999}]',
  '{"rows":',
  '\u0000\u0001\u0002',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '',
].map((file) => Buffer.from(file, 'utf8'));

const DEEP = `${'['.repeat(40_000)}${']'.repeat(40_000)}`;

/** Fields by the names that are known, and by names that mean something to a program. */
function partOf(fields: readonly string[]): fc.Arbitrary<Part> {
  const names = [
    ...fields,
    '__proto__',
    'constructor',
    'file[]',
    'a[b][c][d]',
    '',
    'x'.repeat(300),
  ];
  const content = fc.oneof(
    hostileText.map((one) => Buffer.from(one, 'utf8')),
    fc.constantFrom(
      ...[DEEP, '{"__proto__":1}', '{"06040":1e999}', '[]', '{"a":{"b":1}}'].map((one) =>
        Buffer.from(one),
      ),
    ),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  );
  const field = fc.record({ name: fc.constantFrom(...names), content });
  const file = fc.record({
    name: fc.constantFrom('file', 'file', 'file', 'other', 'rows'),
    fileName: fc.constantFrom(
      'a.csv',
      '../../etc/passwd',
      'a\u0000.xlsx',
      '',
      'ệ'.repeat(300),
      '.json',
      'a";b="c',
    ),
    type: fc.constantFrom('text/csv', 'application/octet-stream', 'x', ''),
    content: fc.oneof(fc.constantFrom(...FILES), content),
  });
  return fc.oneof(field, file);
}

/** Forms, whole and broken ones. */
export function formsOf(fields: readonly string[]): fc.Arbitrary<Buffer> {
  const whole = fc.array(partOf(fields), { maxLength: 5 }).map(formOf);
  const flood = fc.constant(
    formOf(
      Array.from({ length: 3000 }, (_, at) => ({ name: `f${at}`, content: Buffer.from('x') })),
    ),
  );
  const broken = fc
    .tuple(whole, fc.nat(400), fc.uint8Array({ minLength: 1, maxLength: 4 }))
    .map(([form, at, bytes]) => {
      const place = Math.min(at, Math.max(0, form.length - 1));
      return Buffer.concat([
        form.subarray(0, place),
        Buffer.from(bytes),
        form.subarray(place + bytes.length),
      ]);
    });
  const cut = fc.tuple(whole, fc.nat(400)).map(([form, at]) => form.subarray(0, at));
  return fc.oneof(
    { arbitrary: whole, weight: 10 },
    { arbitrary: broken, weight: 5 },
    { arbitrary: cut, weight: 4 },
    { arbitrary: flood, weight: 1 },
  );
}

function formOf(parts: readonly Part[]): Buffer {
  const chunks = parts.flatMap(({ name, fileName, type, content }) => [
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n`,
      'utf8',
    ),
    content,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}
