/** A regular file that lies at the bank's side. */
export interface FoundFile {
  readonly name: string;
  readonly byteSize: number;
  readonly modifiedAt: Date;
}

/**
 * The few things that are done with files at the bank's side, the same over SFTP and in a folder. Paths are absolute,
 * with slashes. Every method rejects when it does not know; none of them answers with a guess.
 */
export interface BankSide {
  /** What lies under exactly this name, or null when surely nothing does. @throws for what is no regular file. */
  look(path: string): Promise<FoundFile | null>;
  /** The regular files right in a folder; links and folders are passed over. */
  list(folder: string): Promise<FoundFile[]>;
  read(path: string): AsyncIterable<Uint8Array>;
  /** Lays a local file there, whole. */
  lay(localPath: string, path: string): Promise<void>;
  /** Never over what lies there already. */
  rename(from: string, to: string): Promise<void>;
  /** @returns false when there was nothing to remove. */
  remove(path: string): Promise<boolean>;
  /** Ends it, whatever state it is in; soon, and without a word. */
  close(): Promise<void>;
}

/** Opens the bank's side for one call; it ends by itself when the signal says so. */
export interface BankDoor {
  open(signal: AbortSignal): Promise<BankSide>;
}

/** A name that leads out of its folder, or hides in it, is nobody's file. */
export const isPlainName = (name: string): boolean =>
  name.length <= 255 && !name.startsWith('.') && !/[/\\\p{Cc}]/u.test(name);

export const within = (folder: string, name: string): string =>
  `${folder.replace(/\/+$/, '')}/${name}`;

/** An error's code (`ENOENT`, or the number of an SFTP status), where it has one. */
export function codeOf(error: unknown): string | number | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' || typeof error.code === 'number' ? error.code : undefined;
}

/** What may be logged of an error: its code. Its message may hold paths and account names. */
export function sayOf(error: unknown): string {
  const code = codeOf(error);
  return typeof code === 'number' ? `SFTP status ${code}` : (code ?? 'an error');
}

/** An end of our own making, in words that may be shown. */
export class SideFault extends Error {
  constructor(
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(code, options);
    this.name = 'SideFault';
  }
}
