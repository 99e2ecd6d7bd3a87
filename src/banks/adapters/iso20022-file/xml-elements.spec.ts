import { Readable } from 'node:stream';
import fc from 'fast-check';
import { FileBroken } from '../../contract.js';
import {
  peekDocument,
  readElements,
  XML_LIMITS,
  type XmlElement,
  type XmlLimits,
} from './xml-elements.js';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08';
const limits: XmlLimits = { ...XML_LIMITS, records: new Set(['Ntry', 'TxDtls']) };

function pieces(content: string | Uint8Array, size = 7): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(content);
  const count = Math.ceil(bytes.length / size);
  return Readable.from(
    Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size)),
  );
}

async function read(content: string | Uint8Array, given: Partial<XmlLimits> = {}, size = 7) {
  const elements: XmlElement[] = [];
  for await (const element of readElements(pieces(content, size), { ...limits, ...given }))
    elements.push(element);
  return elements;
}

const documentOf = (inner: string) => `<Document xmlns="${NAMESPACE}">${inner}</Document>`;

async function refusal(content: string | Uint8Array, given: Partial<XmlLimits> = {}) {
  const error: unknown = await read(content, given).catch((thrown: unknown) => thrown);
  if (!(error instanceof FileBroken)) throw new Error(`not refused: ${String(error)}`);
  return `${error.where ?? ''} ${error.why.en} ${error.why.vi}`;
}

describe('a message of ISO 20022 from somebody else', () => {
  it.each([
    ['a DOCTYPE', `<!DOCTYPE a [<!ENTITY b "c">]>${documentOf('')}`, /line 1:\d+ .*DOCTYPE/],
    ['an entity of its own', documentOf('<A>&b;</A>'), /undefined entity/],
    ['a name of JavaScript as an entity', documentOf('<A>&constructor;</A>'), /undefined entity/],
    ['a processing instruction', `<?xml-stylesheet href="a"?>${documentOf('')}`, /instruction/],
    ['an instruction within', documentOf('<A><?php a?></A>'), /instruction/],
    ['another encoding', `<?xml version="1.0" encoding="TCVN"?>${documentOf('')}`, /TCVN/],
    ['no end', documentOf('').slice(0, -3), /line 1:\d+ .*unclosed|unexpected end/],
    ['two documents in a row', documentOf('') + documentOf(''), /only one root/],
    ['two documents in an envelope', `<E>${documentOf('')}${documentOf('')}</E>`, /more than one/],
    ['no document', '<Root/>', /no Document/],
    ['nothing', '', /empty/],
    ['blanks only', ' \n', /root element/],
    ['no XML', 'a,b\n1,2', /not well-formed/],
    ['NUL', documentOf('<A>\0</A>'), /disallowed character/],
    ['NUL by number', documentOf('<A>&#0;</A>'), /malformed character/],
    ['half a character by number', documentOf('<A>&#xD800;</A>'), /malformed character/],
    ['one attribute twice', documentOf('<A b="1" b="2"/>'), /duplicate attribute/],
    ['a prefix that nobody declared', documentOf('<x:A/>'), /unbound/],
    ['text after the end', `${documentOf('')}x`, /outside of root/],
  ])('with %s is refused', async (_, content, why) => {
    expect(await refusal(content)).toMatch(why);
  });

  it.each([
    ['half a character', Buffer.from([0x3c, 0x41, 0x3e, 0xed, 0xa0, 0x80]), /not UTF-8/],
    ['a character cut off', Buffer.from([0x3c, 0x41, 0x3e, 0xe1, 0xba]), /not UTF-8/],
    ['Latin-1', Buffer.from(documentOf('<A>é</A>'), 'latin1'), /line 1:\d+ .*not UTF-8/],
    ['UTF-16', Buffer.from(`\ufeff${documentOf('')}`, 'utf16le'), /UTF-16/],
    ['UTF-16 without a mark', Buffer.from(documentOf(''), 'utf16le'), /UTF-16/],
  ])('in bytes of %s is refused', async (_, content, why) => {
    expect(await refusal(content)).toMatch(why);
  });

  it.each([
    ['deep', documentOf('<A>'.repeat(100) + '</A>'.repeat(100)), {}, /deeper than 48/],
    ['long of text', documentOf(`<A>${'x'.repeat(70_000)}</A>`), {}, /longer than 65536/],
    ['long of comments', `<!--${'x'.repeat(70_000)}-->`, {}, /longer than 65536/],
    ['long of names', `<${'x'.repeat(70_000)}`, {}, /longer than 65536/],
    ['long of attributes', documentOf(`<A b="${'x'.repeat(70_000)}"/>`), {}, /longer than/],
    ['long in pieces', documentOf(`<A>${'xx<!---->'.repeat(60)}</A>`), { maxText: 100 }, /longer/],
    ['wide', documentOf('<A/>'.repeat(101)), { maxElements: 100 }, /more than 100 elements/],
    [
      'wide in a record',
      documentOf(`<Ntry>${'<A/>'.repeat(100)}</Ntry>`),
      { maxElements: 100 },
      /more/,
    ],
    ['large', documentOf(''), { maxBytes: 20 }, /larger than 20/],
  ])('that is too %s is refused', async (_, content, given, why) => {
    expect(await refusal(content, given)).toMatch(why);
  });

  it('is told the line of a fault', async () => {
    const wrong = documentOf('\n<A>\n  <B>1</B>\n  <C>2</D>\n</A>');
    expect(await refusal(wrong)).toMatch(/^line 4:/);
  });

  it('gives records one by one with what stands around them so far, and last the rest', async () => {
    const content = documentOf(
      `<Stmt><Id>S1</Id>
         <Ntry><Amt Ccy="VND"> 5 </Amt>
           <NtryDtls><TxDtls><Refs><EndToEndId>a&amp;b</EndToEndId></Refs></TxDtls><TxDtls/></NtryDtls>
         </Ntry>
         <Ntry/><After>x</After></Stmt>`,
    );
    for (const size of [1, 3, 1000]) {
      const [first, second, entry, next, root] = await read(content, {}, size);
      expect(first?.textAt('Refs', 'EndToEndId')).toBe('a&b');
      expect(first?.within('Ntry')?.textAt('Amt')).toBe('5');
      expect(first?.within('Ntry')).toBe(entry);
      expect(first?.where).toMatch(/^line 3:\d+, Stmt\/Ntry\/NtryDtls\/TxDtls$/);
      expect(second?.name).toBe('TxDtls');
      expect(entry?.child('Amt')?.attributes.get('Ccy')).toBe('VND');
      expect(entry?.child('NtryDtls')?.children).toEqual([]);
      expect(next?.within('Stmt')?.textAt('Id')).toBe('S1');
      expect(root).toMatchObject({ name: 'Document', parent: null, namespace: NAMESPACE });
      expect(root?.child('Stmt')?.children.map(({ name }) => name)).toEqual(['Id', 'After']);
    }
  });

  it('may stand in an envelope, with prefixes, a byte order mark, CDATA and foreign data', async () => {
    const content =
      `\ufeff<?xml version="1.0" encoding="utf-8"?><e:Env xmlns:e="urn:e"><e:Ntry/><d:Document xmlns:d="${NAMESPACE}">` +
      `<d:Stmt><d:Id><![CDATA[<1>]]></d:Id><e:Ntry><d:Ntry/></e:Ntry><d:Ntry/></d:Stmt></d:Document></e:Env>`;
    const [entry, root] = await read(content);
    expect(entry).toMatchObject({ name: 'Ntry', namespace: NAMESPACE });
    expect(root?.textAt('Stmt', 'Id')).toBe('<1>');
    expect(root?.child('Stmt', 'Ntry')).toBeUndefined();
  });

  it('is told apart by its beginning', async () => {
    const begun = `<Document xmlns="${NAMESPACE}"><BkToCstmrStmt><GrpHdr>`;
    const root = await peekDocument(pieces(begun), limits);
    expect([root.namespace, root.children[0]?.name]).toEqual([NAMESPACE, 'BkToCstmrStmt']);
  });

  it('blanks between any number of records fill nothing', async () => {
    const many = '<Ntry/>        '.repeat(100);
    expect(await read(documentOf(many), { maxText: 100 }, 50)).toHaveLength(101);
  });

  it('blanks at its end are nothing, however many; before more text they are too many', async () => {
    const blanks = ' \r\n'.repeat(100);
    for (const size of [1, 50, 1000]) {
      const content = documentOf('<Ntry/>') + blanks;
      expect(await read(content, { maxText: 100 }, size)).toHaveLength(2);
      await expect(read(`${content}<!---->`, { maxText: 100 }, size)).rejects.toThrow(FileBroken);
    }
  });

  it('whatever its bytes are, is read or refused', async () => {
    const outcome = async (content: Uint8Array, size: number) => {
      try {
        return (await read(content, {}, size)).at(-1)?.name;
      } catch (error) {
        if (error instanceof FileBroken) return 'refused';
        throw error;
      }
    };
    const markup = fc.constantFrom(
      ...'<A> </A> <A/> <Ntry> </Ntry> <!-- --> <![CDATA[ ]]> &amp; &#x1EA1; &x; <?a?> <A|b=" " > đ \0'.split(
        ' ',
      ),
      ...['<!DOCTYPE a>', '<Document>', '</Document>', ' '],
    );
    const texts = fc
      .array(markup, { maxLength: 20 })
      .map((parts) => Buffer.from(parts.join('').replaceAll('|', ' ')));
    const inside = texts.map((text) => Buffer.from(documentOf(text.toString())));
    const bytes = fc.oneof(texts, inside, fc.uint8Array({ maxLength: 60 }));
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 64 }), async (content, size) => {
        const whole = await outcome(content, 1 << 16);
        expect(['Document', 'refused']).toContain(whole);
        expect(await outcome(content, size)).toBe(whole);
      }),
      { numRuns: 400 },
    );
  });
});
