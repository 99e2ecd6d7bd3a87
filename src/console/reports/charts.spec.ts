import type { CommuneShares } from '../../reports/index.js';
import { communeParts } from './charts.js';

describe('the chart of the communes', () => {
  const commune = (at: number) => ({
    name: `Xã ${at}`,
    communeCode: String(at),
    shares: { account: '100.0', verified: '100.0', credited: `${(at * 37) % 100}.0` },
  });
  const communes = Array.from(
    { length: 96 },
    (_, at) => commune(at) as CommuneShares & { readonly name: string },
  );

  it('is drawn in parts that a sheet of paper holds, the lowest first, and leaves nobody out', () => {
    const parts = communeParts(communes);
    expect(parts.map((part) => part.length)).toEqual([32, 32, 32]);
    const shares = parts.flat().map(({ shares: { credited } }) => Number(credited));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(new Set(parts.flat().map(({ name }) => name)).size).toBe(96);
  });

  it('is one where all fit, and none of nothing', () => {
    expect(communeParts(communes.slice(0, 45))).toHaveLength(1);
    expect(communeParts([])).toEqual([]);
  });
});
