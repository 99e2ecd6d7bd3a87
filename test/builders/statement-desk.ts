import { FileBroken, type FileReading, type StatementEntry } from '../../src/banks/contract.js';
import { Money } from '../../src/kernel/index.js';
import { ACCOUNT, entriesIn, statementsIn } from './bank-statement.js';
import { scratchFolder } from './scratch-folder.js';

export interface ReaderOptions {
  readonly accounts: readonly string[];
  readonly debitNoticeMeansSettled: boolean;
  readonly reasons: Readonly<Record<string, string>>;
}

const OPTIONS: ReaderOptions = {
  accounts: [ACCOUNT],
  debitNoticeMeansSettled: false,
  reasons: { QUA_HAN: 'AC06' },
};

/** Reads files of a bank by one of its readers, and asks what they say. */
export async function statementDesk(
  reader: (path: string, options: ReaderOptions) => Promise<FileReading>,
) {
  const folder = await scratchFolder();
  const read = async (content: string | Buffer, given: Partial<ReaderOptions> = {}) =>
    reader(await folder.file(content), { ...OPTIONS, ...given });
  /** The one statement of a file. */
  const only = async (content: string, given: Partial<ReaderOptions> = {}) => {
    const [first, ...others] = statementsIn(await read(content, given));
    if (!first || others.length > 0) throw new Error(`${others.length + 1} statements`);
    return first;
  };
  const entries = async (content: string): Promise<StatementEntry[]> =>
    entriesIn(await only(content));
  return {
    read,
    only,
    entries,
    ids: async (content: string) => (await entries(content)).map(({ entryId }) => entryId),
    /** Opening + entries − closing. */
    difference: async (content: string): Promise<string> => {
      const statement = await only(content);
      const moved = (await entriesIn(statement)).map(({ direction, amount }) =>
        direction === 'credit' ? amount : Money.zero().minus(amount),
      );
      return statement.opening.plus(Money.sum(moved)).minus(statement.closing).toString();
    },
    /** Where and why a file is refused. */
    refusal: async (content: string | Buffer): Promise<string> => {
      const error: unknown = await read(content).catch((thrown: unknown) => thrown);
      if (!(error instanceof FileBroken)) throw new Error(`not refused: ${String(error)}`);
      return `${error.where ?? ''} ${error.why.en}`;
    },
    /** Reads all of it; `refused` for a file that is broken. Any other error is one of ours. */
    outcome: async (content: Buffer): Promise<'read' | 'refused'> => {
      try {
        const reading = await read(content);
        if (reading.kind === 'statements')
          for (const statement of reading.statements) await entriesIn(statement);
        return 'read';
      } catch (error) {
        if (error instanceof FileBroken) return 'refused';
        throw error;
      }
    },
    remove: () => folder.remove(),
  };
}

export type StatementDesk = Awaited<ReturnType<typeof statementDesk>>;
