import { Money, type Bilingual } from '../kernel/index.js';

/** What the office says its list adds up to. */
interface Declared {
  readonly controlRows: number | null;
  readonly controlTotal: string | null;
  readonly controlByCommune: Readonly<Record<string, string>> | null;
}

interface Counted {
  readonly rowCount: number;
  readonly totalAmount: string;
  readonly byCommune: readonly { readonly communeCode: string; readonly amount: string }[];
}

/**
 * Control totals are of the whole list as it was sent, good rows and bad; a row whose amount cannot be read
 * therefore makes the total differ, as it should. Every difference is told. Empty: everything agrees.
 */
export function compareControls(declared: Declared, counted: Counted): Bilingual[] {
  const blocks: Bilingual[] = [];
  if (declared.controlRows !== null && declared.controlRows !== counted.rowCount) {
    blocks.push({
      vi: `Khai ${declared.controlRows} dòng, đọc được ${counted.rowCount} dòng.`,
      en: `${declared.controlRows} rows were declared, ${counted.rowCount} were read.`,
    });
  }
  if (declared.controlTotal !== null)
    blocks.push(...difference('', declared.controlTotal, counted.totalAmount));
  if (declared.controlByCommune !== null)
    blocks.push(...communeDifferences(declared.controlByCommune, counted));
  return blocks;
}

function communeDifferences(
  declared: Readonly<Record<string, string>>,
  { byCommune }: Counted,
): Bilingual[] {
  const counted = new Map(byCommune.map(({ communeCode, amount }) => [communeCode, amount]));
  const codes = [...new Set([...Object.keys(declared), ...counted.keys()])].sort();
  return codes.flatMap((code) => difference(code, declared[code] ?? '0', counted.get(code) ?? '0'));
}

function difference(communeCode: string, declared: string, counted: string): Bilingual[] {
  const [said, read] = [Money.of(declared), Money.of(counted)];
  if (said.equals(read)) return [];
  const place =
    communeCode === ''
      ? { vi: 'Tổng số tiền', en: 'The total' }
      : { vi: `Tổng của xã ${communeCode}`, en: `The total of commune ${communeCode}` };
  return [
    {
      vi: `${place.vi}: khai ${said.format('vi')}, đọc được ${read.format('vi')}.`,
      en: `${place.en}: ${said.format('en')} declared, ${read.format('en')} read.`,
    },
  ];
}
