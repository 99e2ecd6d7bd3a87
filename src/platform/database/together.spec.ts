import { AsyncLocalStorage } from 'node:async_hooks';
import { Together } from './together.js';

/** Work that ends when it is told to. */
function heldWork(answer: (item: string) => string = (item) => item.toUpperCase()) {
  const pieces: (readonly string[])[] = [];
  const ends: (() => void)[] = [];
  const work = async (items: readonly string[]): Promise<string[]> => {
    pieces.push(items);
    await new Promise<void>((end) => ends.push(end));
    return items.map(answer);
  };
  return { pieces, work, endOne: () => ends.shift()?.() };
}

const turn = () => new Promise((next) => setImmediate(next));

describe('work done together', () => {
  it('begins at once for who comes alone, and takes all who come meanwhile in the next piece', async () => {
    const { pieces, work, endOne } = heldWork();
    const together = new Together(work, { most: 10, atOnce: 1 });
    const results = ['a', 'b', 'c'].map((item) => together.do(item));
    expect(pieces).toEqual([['a']]);
    endOne();
    await turn();
    expect(pieces).toEqual([['a'], ['b', 'c']]);
    endOne();
    expect(await Promise.all(results)).toEqual(['A', 'B', 'C']);
  });

  it('waits a moment for others when it is told to, but not for more than a piece holds', async () => {
    const { pieces, work, endOne } = heldWork();
    const together = new Together(work, { most: 3, atOnce: 1, gatherMs: 5 });
    const results = [...'abcd'].map((item) => together.do(item));
    expect(pieces).toEqual([]);
    while (pieces.length < 1) await turn();
    endOne();
    while (pieces.length < 2) await turn();
    endOne();
    expect(pieces.map((piece) => piece.join(''))).toEqual(['abc', 'd']);
    expect(await Promise.all(results)).toEqual([...'ABCD']);
  });

  it('keeps to the size of a piece, and to the number of pieces at once', async () => {
    const { pieces, work, endOne } = heldWork();
    const together = new Together(work, { most: 2, atOnce: 2 });
    const results = [...'abcdef'].map((item) => together.do(item));
    expect(pieces).toEqual([['a'], ['b']]);
    endOne();
    await turn();
    expect(pieces).toEqual([['a'], ['b'], ['c', 'd']]);
    for (let rest = 0; rest < 4; rest += 1) {
      endOne();
      await turn();
    }
    expect(pieces.map((piece) => piece.join(''))).toEqual(['a', 'b', 'cd', 'ef']);
    expect(await Promise.all(results)).toEqual([...'ABCDEF']);
  });

  it('does each alone when the piece fails, so that only the faulty one fails', async () => {
    const seen: string[] = [];
    const together = new Together<string, string>(
      async (items) => {
        await turn();
        seen.push(items.join(''));
        if (items.includes('x')) throw new Error('x cannot be done');
        return items;
      },
      { most: 10, atOnce: 1 },
    );
    const first = together.do('a');
    const [b, x, c] = [together.do('b'), together.do('x'), together.do('c')];
    await expect(x).rejects.toThrow('x cannot be done');
    expect([await first, await b, await c]).toEqual(['a', 'b', 'c']);
    expect(seen).toEqual(['a', 'bxc', 'b', 'x', 'c']);
  });

  it('tells the error of who is alone, and goes on', async () => {
    let broken = true;
    const together = new Together<string, string>(
      (items) => (broken ? Promise.reject(new Error('away')) : Promise.resolve(items)),
      { most: 10, atOnce: 1 },
    );
    await expect(together.do('a')).rejects.toThrow('away');
    broken = false;
    expect(await together.do('a')).toBe('a');
  });

  it('takes a short answer for a fault, not for somebody else’s result', async () => {
    const together = new Together<string, string>(() => Promise.resolve([]), {
      most: 10,
      atOnce: 1,
    });
    await expect(together.do('a')).rejects.toThrow('not one result');
  });

  it('runs outside of what a caller has set around itself', async () => {
    const request = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const together = new Together<string, string>(
      async (items) => {
        await turn();
        seen.push(request.getStore());
        return items;
      },
      { most: 1, atOnce: 1 },
    );
    await Promise.all(['a', 'b'].map((one) => request.run(one, () => together.do(one))));
    expect(seen).toEqual([undefined, undefined]);
  });
});
