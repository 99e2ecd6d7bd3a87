import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { connect, type Socket } from 'node:net';
import SftpClient from 'ssh2-sftp-client';
import {
  codeOf,
  isPlainName,
  SideFault,
  type BankDoor,
  type BankSide,
  type FoundFile,
} from './bank-side.js';
import type { SftpOptions } from './options.js';

/** How long a connection may take to end in good order before it is cut. */
const CLOSE_WITHIN_MS = 1000;
const UNANSWERED_KEEP_ALIVES = 3;
/** SSH_FX_NO_SUCH_FILE (draft-ietf-secsh-filexfer-02, section 7). */
const NO_SUCH_FILE = 2;
const FAILURE = 4;

type Wrapper = Awaited<ReturnType<SftpClient['connect']>>;
type Attributes = Parameters<Parameters<Wrapper['lstat']>[1]>[1];
type Entries = Parameters<Parameters<Wrapper['readdir']>[1]>[1];
type Done<T> = (error: Error | null | undefined, result: T) => void;

/** One connection for each call: nothing is shared, and what a bank's server does to one harms no other. */
export class SftpDoor implements BankDoor {
  constructor(private readonly options: SftpOptions) {}

  async open(signal: AbortSignal): Promise<BankSide> {
    signal.throwIfAborted();
    const { host, port } = this.options;
    // A socket of our own, because only that can be cut whatever the server does. Requests are small and wait for answers.
    const socket = connect({ host, port, noDelay: true });
    socket.on('error', () => undefined);
    const cut = () => socket.destroy(new SideFault('the time was over'));
    signal.addEventListener('abort', cut, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', cut));
    try {
      await once(socket, 'connect');
      return await this.overSsh(socket);
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  private async overSsh(socket: Socket): Promise<BankSide> {
    const { options } = this;
    let hostRefused = false;
    const client = new SftpClient('bank', { error: nothing, end: nothing, close: nothing });
    try {
      const sftp = await client.connect({
        sock: socket,
        username: options.username,
        privateKey: options.privateKey,
        passphrase: options.passphrase,
        password: options.password,
        readyTimeout: options.readyTimeoutMs,
        keepaliveInterval: options.keepAliveMs,
        keepaliveCountMax: UNANSWERED_KEEP_ALIVES,
        hostVerifier: (key: Buffer) => {
          hostRefused = !options.hostKeys.some((pinned) => isFingerprint(key, pinned));
          return !hostRefused;
        },
      });
      return new SftpSide(client, sftp, socket);
    } catch (error) {
      if (hostRefused) throw new SideFault('the host key is none of hostKeys', { cause: error });
      throw error;
    }
  }
}

class SftpSide implements BankSide {
  /** Rejects when the connection is gone; requests that were under way would never be answered. */
  private readonly lost: Promise<never>;

  constructor(
    private readonly client: SftpClient,
    private readonly sftp: Wrapper,
    private readonly socket: Socket,
  ) {
    this.lost = new Promise((_, reject) => {
      const gone = () => reject(new SideFault('the connection was lost'));
      if (socket.destroyed) gone();
      else socket.once('close', gone);
    });
    this.lost.catch(nothing);
  }

  async look(path: string): Promise<FoundFile | null> {
    try {
      const attributes = await this.ask<Attributes>((done) => this.sftp.lstat(path, done));
      if (!attributes.isFile()) throw new SideFault('what lies there is no regular file');
      return found(nameIn(path), attributes);
    } catch (error) {
      if (isAbsence(error)) return null;
      if (codeOf(error) !== FAILURE) throw error;
      // Some servers say no more than that of a file that is not there. The folder's list knows.
      const name = nameIn(path);
      const there = await this.list(path.slice(0, -name.length));
      return there.find((each) => each.name === name) ?? null;
    }
  }

  async list(folder: string): Promise<FoundFile[]> {
    const entries = await this.ask<Entries>((done) => this.sftp.readdir(folder, done));
    return entries
      .filter(({ filename, attrs }) => isPlainName(filename) && attrs.isFile())
      .map(({ filename, attrs }) => found(filename, attrs));
  }

  async *read(path: string): AsyncGenerator<Uint8Array, void, undefined> {
    const content = this.sftp.createReadStream(path);
    // Its handle is closed after the last read: a connection that is lost then would otherwise end the process.
    content.on('error', nothing);
    // Between two reads nothing is under way that could fail, and the next one would wait for ever.
    const gone = () => content.destroy(new SideFault('the connection was lost'));
    this.socket.once('close', gone);
    if (this.socket.destroyed) gone();
    try {
      const pieces: AsyncIterable<Buffer> = content;
      yield* pieces;
    } finally {
      this.socket.off('close', gone);
      content.destroy();
    }
  }

  async lay(localPath: string, path: string): Promise<void> {
    const source = createReadStream(localPath);
    try {
      await Promise.race([this.client.put(source, path), this.lost]);
    } finally {
      source.destroy();
    }
  }

  async rename(from: string, to: string): Promise<void> {
    // SSH_FXP_RENAME, which never overwrites; the extension posix-rename does.
    await this.ask<unknown>((done) => this.sftp.rename(from, to, (error) => done(error, null)));
  }

  async remove(path: string): Promise<boolean> {
    try {
      await this.ask<unknown>((done) => this.sftp.unlink(path, (error) => done(error, null)));
      return true;
    } catch (error) {
      if (isAbsence(error)) return false;
      throw error;
    }
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((pass) => {
      timer = setTimeout(pass, CLOSE_WITHIN_MS);
    });
    await Promise.race([this.client.end().then(nothing, nothing), late]);
    clearTimeout(timer);
    this.socket.destroy();
  }

  private ask<T>(request: (done: Done<T>) => void): Promise<T> {
    const answer = new Promise<T>((resolve, reject) => {
      request((error, result) => (error ? reject(error) : resolve(result)));
    });
    return Promise.race([answer, this.lost]);
  }
}

const nothing = (): void => undefined;

const isAbsence = (error: unknown): boolean => codeOf(error) === NO_SUCH_FILE;

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const found = (name: string, { size, mtime }: Pick<Attributes, 'size' | 'mtime'>): FoundFile => ({
  name,
  byteSize: size,
  modifiedAt: new Date(mtime * 1000),
});

function isFingerprint(key: Buffer, pinned: string): boolean {
  const given = createHash('sha256').update(key).digest();
  const expected = Buffer.from(pinned.slice('SHA256:'.length), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
