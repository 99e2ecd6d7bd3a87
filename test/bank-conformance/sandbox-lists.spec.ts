import { eventually } from './harness.js';
import { startSandboxHarness, type SandboxHarness } from './sandbox-harness.js';

const BANK = 'sandbox-list';
const HEAD = 'STT;Mã tham chiếu;Số tài khoản;Tên người hưởng;Mã ngân hàng;Số tiền;Nội dung';

/** The portal of the sandbox bank, met with lists written by hand. */
describe('the portal of the sandbox bank', () => {
  let bank: SandboxHarness;
  let tried = 0;
  beforeAll(async () => {
    bank = await startSandboxHarness({ SANDBOX_FILE_BANKS: BANK });
  });
  beforeEach(() => {
    tried += 1;
  });
  afterAll(() => bank.stop());

  const row = (nth: number, ending = '123456', amount = '1000') =>
    `${nth};L${tried}-${nth};${1000 + nth}${ending};TRAN THI MAU;970405;${amount};NCC`;
  const upload = async (lines: string[]) => {
    const answer = await fetch(`${bank.running().url}/sandbox/lists/${BANK}?name=thang-11.csv`, {
      method: 'POST',
      body: lines.join('\n'),
    });
    const taken = (await answer.json()) as Record<string, unknown>;
    return { ...taken, status: answer.status, listId: taken.listId };
  };
  const result = async (listId: unknown, query = '') => {
    const path = `/sandbox/lists/${BANK}/${String(listId)}/result?format=csv&${query}`;
    const text = await (await fetch(`${bank.running().url}${path}`)).text();
    return text
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.slice(1, -1).split('","'));
  };
  const credits = async () => (await bank.own('GET', '/sandbox/books')).credits;

  it.each([
    ['no list at all', ['hello']],
    ['a column less', [HEAD.replace(';Số tiền', ''), row(1)]],
    ['no rows', [HEAD]],
  ])('takes nothing of %s', async (_, lines) => {
    const before = await credits();
    expect(await upload(lines)).toMatchObject({ status: 422, kind: 'refused' });
    expect(await credits()).toBe(before);
  });

  it('refuses rows that are wrong one by one, in its own words', async () => {
    const wrong = [row(2, 'x/y'), row(3, '123456', '1.000'), row(4).replace('970405', '9704')];
    const taken = await upload([HEAD, row(1), ...wrong, row(1)]);
    expect(taken).toMatchObject({ status: 201, rows: 5, refused: 4 });
    const said = (await result(taken.listId)).map((cells) => [cells[5], cells[6]]);
    expect(said.slice(1)).toEqual([
      ['Thất bại', 'Sai số tài khoản'],
      ['Thất bại', 'Sai số tiền'],
      ['Thất bại', 'Sai mã ngân hàng'],
      ['Thất bại', 'Trùng mã tham chiếu'],
    ]);
  });

  it('the same list again is the same list; a used reference under another amount refuses all', async () => {
    const lines = [HEAD, row(1), row(2)];
    const [first, again] = [await upload(lines), await upload(lines)];
    expect(again.listId).toBe(first.listId);
    // What was taken in is credited a moment later; only then nothing more may come.
    const before = await eventually(async () => {
      const count = Number(await credits());
      return count >= lines.length - 1 ? count : undefined;
    });
    const other = await upload([HEAD, row(1, '123456', '999'), row(3)]);
    expect(other).toMatchObject({ status: 422 });
    expect(await credits()).toBe(before);
  });

  it('gives its result reordered, with rows left out, doubled and without references, the same each time', async () => {
    const rows = Array.from({ length: 9 }, (_, at) => row(at + 1));
    const { listId } = await upload([HEAD, ...rows]);
    const references = async (query: string) => (await result(listId, query)).map(([, ref]) => ref);
    const asSent = await references('');
    expect(asSent).toEqual(rows.map((_, at) => `L${tried}-${at + 1}`));
    expect(await references('order=reversed')).toEqual([...asSent].reverse());
    const shuffled = await references('order=shuffled');
    expect(shuffled).not.toEqual(asSent);
    expect([...shuffled].sort()).toEqual(asSent);
    expect(await references('order=shuffled')).toEqual(shuffled);
    expect(await references('drop=4')).toHaveLength(5);
    expect(await references('double=2')).toHaveLength(11);
    expect(new Set(await references('references=blank'))).toEqual(new Set(['']));
  });
});
