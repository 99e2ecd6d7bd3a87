import { mkdir, mkdtemp, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Iso20022FileAdapter } from '../../src/banks/adapters/iso20022-file/iso20022-file.adapter.js';
import type {
  Iso20022FileOptions,
  SftpOptions,
} from '../../src/banks/adapters/iso20022-file/options.js';
import type { LaidOutFile } from '../../src/banks/index.js';
import { ManualClock } from '../../src/kernel/index.js';
import type { TestSftp } from '../setup/sftp.js';
import { isoOptions, keptFile, textOf } from './file-message.js';

const NOW = new Date('2026-11-20T02:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
export const large = Buffer.alloc(3_000_000, 'chi trả ');

/** A bank's three folders of its own for one test, reached through one of the doors. */
export interface Place {
  readonly root: string;
  readonly options: Iso20022FileOptions;
}

export const call = (signal = new AbortController().signal) => ({ signal, attemptId: 'attempt-1' });

export async function placeIn(
  folder: string,
  given: Partial<Parameters<typeof isoOptions>[0]> & { sftp?: SftpOptions } = {},
): Promise<Place> {
  const root = await mkdtemp(join(folder, 'bank-'));
  const [orders, reports, archive] = ['orders', 'reports', 'archive'].map((name) =>
    join(root, name),
  );
  for (const path of [orders, reports, archive]) await mkdir(path ?? root);
  const { sftp, ...others } = given;
  const { door: _, ...both } = isoOptions({
    paths: { orders: orders ?? '', reports: reports ?? '', archive },
    ...others,
  });
  return { root, options: sftp ? { door: 'sftp', sftp, ...both } : { door: 'folder', ...both } };
}

export const filesOf = ({ options }: Place) => {
  const { files } = new Iso20022FileAdapter(options, new ManualClock(NOW));
  if (!files.deliver || !files.collect) throw new Error('this adapter carries files itself');
  return { deliver: files.deliver.bind(files), collect: files.collect.bind(files) };
};

export async function kept(folder: string, bytes = Buffer.from('orders')) {
  const path = join(folder, 'kept');
  await writeFile(path, bytes);
  return keptFile({ path, bytes });
}

/** Lays a report out and dates it. */
export async function layOut(
  place: Place,
  name: string,
  given: { minutes?: number; content?: string } = {},
) {
  const path = join(place.options.paths.reports, name);
  await writeFile(path, given.content ?? name);
  await utimes(path, minutesAgo(given.minutes ?? 5), minutesAgo(given.minutes ?? 5));
  return path;
}

export async function collected(place: Place, each: (file: LaidOutFile) => Promise<void> = keep) {
  const names: string[] = [];
  for await (const file of filesOf(place).collect(call())) {
    names.push(file.name);
    await each(file);
  }
  return names;
}
export const keep = async (file: LaidOutFile) => {
  await textOf(file.content());
  await file.taken();
};

/** How a server of the tests is reached by somebody that it knows. */
export const reached = (server: TestSftp, given: Partial<SftpOptions> = {}): SftpOptions => ({
  host: server.host,
  port: server.port,
  username: server.username,
  privateKey: server.privateKey,
  hostKeys: [server.hostKey],
  readyTimeoutMs: 10_000,
  keepAliveMs: 10_000,
  ...given,
});
