import { once } from 'node:events';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isoOptions, keptFile, textOf } from '../../../../test/builders/file-message.js';
import { describeWithSftp, type TestSftp } from '../../../../test/setup/sftp.js';
import { ManualClock } from '../../../kernel/index.js';
import { FileBroken, type LaidOutFile } from '../../contract.js';
import type { BankDoor, BankSide } from './bank-side.js';
import { deliverFile, remoteNameOf } from './deliver-file.js';
import { Iso20022FileAdapter } from './iso20022-file.adapter.js';
import type { Iso20022FileOptions, SftpOptions } from './options.js';
import { SftpDoor } from './sftp-door.js';

const NOW = new Date('2026-11-20T02:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const large = Buffer.alloc(3_000_000, 'chi trả ');

/** A bank's three folders of its own for one test, reached through one of the doors. */
interface Place {
  readonly root: string;
  readonly options: Iso20022FileOptions;
}

const call = (signal = new AbortController().signal) => ({ signal, attemptId: 'attempt-1' });

async function placeIn(
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

const filesOf = ({ options }: Place) => {
  const { files } = new Iso20022FileAdapter(options, new ManualClock(NOW));
  if (!files.deliver || !files.collect) throw new Error('this adapter carries files itself');
  return { deliver: files.deliver.bind(files), collect: files.collect.bind(files) };
};

async function kept(folder: string, bytes = Buffer.from('orders')) {
  const path = join(folder, 'kept');
  await writeFile(path, bytes);
  return keptFile({ path, bytes });
}

/** Lays a report out and dates it. */
async function layOut(
  place: Place,
  name: string,
  given: { minutes?: number; content?: string } = {},
) {
  const path = join(place.options.paths.reports, name);
  await writeFile(path, given.content ?? name);
  await utimes(path, minutesAgo(given.minutes ?? 5), minutesAgo(given.minutes ?? 5));
  return path;
}

async function collected(place: Place, each: (file: LaidOutFile) => Promise<void> = keep) {
  const names: string[] = [];
  for await (const file of filesOf(place).collect(call())) {
    names.push(file.name);
    await each(file);
  }
  return names;
}
const keep = async (file: LaidOutFile) => {
  await textOf(file.content());
  await file.taken();
};

/** What both doors promise. */
function doorSuite(make: (given?: Parameters<typeof placeIn>[1]) => Promise<Place>): void {
  it('a file is laid there whole under its final name only', async () => {
    const place = await make();
    const file = await kept(place.root, large);
    const delivery = await filesOf(place).deliver(file, call());
    expect(delivery).toEqual({ kind: 'delivered', remoteName: remoteNameOf(file) });
    expect(await readdir(place.options.paths.orders)).toEqual([remoteNameOf(file)]);
    const laid = await readFile(join(place.options.paths.orders, remoteNameOf(file)));
    expect(laid.equals(large)).toBe(true);
  });

  it('a file that lies there already is delivered and stays as it is', async () => {
    const place = await make();
    const file = await kept(place.root);
    const path = join(place.options.paths.orders, remoteNameOf(file));
    await writeFile(path, 'orders');
    const { ino } = await stat(path);
    expect(await filesOf(place).deliver(file, call())).toMatchObject({ kind: 'delivered' });
    expect((await stat(path)).ino).toBe(ino);
  });

  it('another file under its name is not touched, and what we sent is a doubt', async () => {
    const place = await make();
    const file = await kept(place.root);
    const path = join(place.options.paths.orders, remoteNameOf(file));
    await writeFile(path, 'other');
    expect(await filesOf(place).deliver(file, call())).toMatchObject({ kind: 'unknown' });
    expect(await readFile(path, 'utf8')).toBe('other');
  });

  it('what an earlier attempt left is taken away', async () => {
    const place = await make();
    const file = await kept(place.root);
    const left = join(place.options.paths.orders, `${remoteNameOf(file)}.0123456789ab.part`);
    await writeFile(left, 'ord');
    expect(await filesOf(place).deliver(file, call())).toMatchObject({ kind: 'delivered' });
    expect(await readdir(place.options.paths.orders)).toEqual([remoteNameOf(file)]);
  });

  it('into a folder that is not there nothing is sent', async () => {
    const place = await make();
    await rm(place.options.paths.orders, { recursive: true });
    const delivery = await filesOf(place).deliver(await kept(place.root), call());
    expect(delivery).toMatchObject({ kind: 'not-sent' });
  });

  it('files that are not whole, not settled, hidden, links or folders are passed over', async () => {
    const place = await make();
    const { reports } = place.options.paths;
    await layOut(place, 'whole.xml');
    await layOut(place, 'written.xml.PART');
    await layOut(place, '.hidden.xml');
    await layOut(place, 'fresh.xml', { minutes: 0.2 });
    await mkdir(join(reports, 'folder.xml'));
    await symlink('/etc/passwd', join(reports, 'link.xml'));
    expect(await collected(place)).toEqual(['whole.xml']);
  });

  it('come the oldest first, and are moved to the archive, also a name that is there already', async () => {
    const place = await make();
    await layOut(place, 'a.xml', { minutes: 5 });
    await layOut(place, 'b.xml', { minutes: 10 });
    expect(await collected(place)).toEqual(['b.xml', 'a.xml']);
    await layOut(place, 'a.xml', { minutes: 3, content: 'the next day' });
    expect(await collected(place)).toEqual(['a.xml']);
    expect(await collected(place)).toEqual([]);
    const archived = await readdir(place.options.paths.archive ?? '');
    expect(archived.sort()).toEqual(['20261120T015700000Z-a.xml', 'a.xml', 'b.xml']);
  });

  it('are deleted or left, as the bank wants', async () => {
    const deleting = await make({ afterTaking: 'delete' });
    await layOut(deleting, 'a.xml');
    expect(await collected(deleting)).toEqual(['a.xml']);
    expect(await readdir(deleting.options.paths.reports)).toEqual([]);
    const leaving = await make({ afterTaking: 'leave' });
    await layOut(leaving, 'a.xml');
    expect(await collected(leaving)).toEqual(['a.xml']);
    expect(await collected(leaving)).toEqual(['a.xml']);
  });

  it('one that grows while it is read is not read whole, and is no fault of the bank', async () => {
    const place = await make();
    const path = await layOut(place, 'a.xml', { content: 'x'.repeat(100_000) });
    for await (const file of filesOf(place).collect(call())) {
      await appendFile(path, 'more');
      const error: unknown = await textOf(file.content()).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ message: expect.stringMatching(/grows|changed/) });
      expect(error).not.toBeInstanceOf(FileBroken);
    }
  });

  it('one that is too large is told, not fetched', async () => {
    const place = await make({ maxFileBytes: 1024 });
    await layOut(place, 'a.xml', { content: 'x'.repeat(1025) });
    await collected(place, async (file) => {
      await expect(textOf(file.content())).rejects.toBeInstanceOf(FileBroken);
    });
  });

  it('a folder that cannot be listed is told', async () => {
    const place = await make();
    await rm(place.options.paths.reports, { recursive: true });
    await expect(collected(place)).rejects.toThrow();
  });
}

describe('a folder of this machine', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chitra-doors-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  doorSuite((given) => placeIn(folder, given));

  it('a call that is over sends nothing', async () => {
    const place = await placeIn(folder);
    const aborted = call(AbortSignal.abort());
    expect(await filesOf(place).deliver(await kept(folder), aborted)).toMatchObject({
      kind: 'not-sent',
    });
    expect(await readdir(place.options.paths.orders)).toEqual([]);
  });
});

describeWithSftp('a bank over SFTP', (sftp) => {
  const reached = (given: Partial<SftpOptions> = {}, server: TestSftp = sftp()): SftpOptions => ({
    host: server.host,
    port: server.port,
    username: server.username,
    privateKey: server.privateKey,
    hostKeys: [server.hostKey],
    readyTimeoutMs: 10_000,
    keepAliveMs: 10_000,
    ...given,
  });
  const place = (given: Parameters<typeof placeIn>[1] = {}) =>
    placeIn(sftp().folder, { sftp: reached(), ...given });
  const laid = async (at: Place) => (await readdir(at.options.paths.orders)).sort();

  doorSuite(place);

  it('a host key that is not pinned is spoken to no further', async () => {
    const other = `SHA256:${'A'.repeat(43)}`;
    const at = await place({ sftp: reached({ hostKeys: [other] }) });
    const delivery = await filesOf(at).deliver(await kept(at.root), call());
    expect(delivery).toEqual({
      kind: 'not-sent',
      why: 'no connection: the host key is none of hostKeys',
    });
    await expect(collected(at)).rejects.toThrow('host key');
    const either = await place({ sftp: reached({ hostKeys: [other, sftp().hostKey] }) });
    expect(await collected(either)).toEqual([]);
  });

  it('nothing is sent where nobody listens, or to whom we are a stranger', async () => {
    const refused = await place({ sftp: reached({ port: 1 }) });
    expect(await filesOf(refused).deliver(await kept(refused.root), call())).toEqual({
      kind: 'not-sent',
      why: 'no connection: ECONNREFUSED',
    });
    const stranger = await place({ sftp: reached({ privateKey: undefined, password: 'x' }) });
    expect(await filesOf(stranger).deliver(await kept(stranger.root), call())).toMatchObject({
      kind: 'not-sent',
    });
  });

  it('nothing is sent to a server that says nothing, however long', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const at = await place({ sftp: reached({ port }) });
    const delivery = await filesOf(at).deliver(await kept(at.root), call(AbortSignal.timeout(300)));
    expect(delivery).toMatchObject({ kind: 'not-sent' });
    const impatient = await place({ sftp: reached({ port, readyTimeoutMs: 200 }) });
    await expect(collected(impatient)).rejects.toThrow();
    silent.close();
  });

  it('an upload that is cut in the middle sent nothing, and the next attempt sends it once', async () => {
    const at = await place();
    const file = await kept(at.root, large);
    sftp().line.cutAfter(500_000);
    expect(await filesOf(at).deliver(file, call())).toMatchObject({ kind: 'not-sent' });
    expect((await laid(at)).every((name) => name.endsWith('.part'))).toBe(true);
    expect(await filesOf(at).deliver(file, { ...call(), attemptId: 'attempt-2' })).toMatchObject({
      kind: 'delivered',
    });
    expect(await laid(at)).toEqual([remoteNameOf(file)]);
  });

  it('a time that is over in the middle of an upload sent nothing', async () => {
    const at = await place();
    const file = await kept(at.root, large);
    const controller = new AbortController();
    const door = doorWith(at, { lay: () => controller.abort() });
    const given = { folder: at.options.paths.orders, partSuffix: '.part' };
    const delivery = await deliverFile(door, file, { ...given, call: call(controller.signal) });
    expect(delivery).toMatchObject({ kind: 'not-sent' });
    expect(await laid(at)).not.toContain(remoteNameOf(file));
  });

  /** The door, with something happening just before a step. */
  function doorWith(at: Place, before: { lay?: () => void; rename?: () => void }): BankDoor {
    if (at.options.door !== 'sftp') throw new Error('this is about SFTP');
    const door = new SftpDoor(at.options.sftp);
    return {
      open: async (signal) => {
        const side = await door.open(signal);
        const watched: BankSide = {
          look: (path) => side.look(path),
          list: (path) => side.list(path),
          read: (path) => side.read(path),
          remove: (path) => side.remove(path),
          close: () => side.close(),
          lay: (from, to) => {
            const laying = side.lay(from, to);
            before.lay?.();
            return laying;
          },
          rename: (from, to) => {
            before.rename?.();
            return side.rename(from, to);
          },
        };
        return watched;
      },
    };
  }

  const delivering = (at: Place, file: Awaited<ReturnType<typeof kept>>, rename: () => void) =>
    deliverFile(doorWith(at, { rename }), file, {
      folder: at.options.paths.orders,
      partSuffix: '.part',
      call: call(),
    });

  /** The server renames, its answer is lost, and then `act`. */
  const answerLost = (at: Place, name: string, act: () => Promise<void>) => () => {
    sftp().line.deafen();
    void (async () => {
      while (!(await laid(at)).includes(name)) await new Promise((wake) => setTimeout(wake, 10));
      await act();
      sftp().line.cut();
    })();
  };

  it('a renaming whose answer was lost is looked up, and was done', async () => {
    const at = await place();
    const file = await kept(at.root);
    const name = remoteNameOf(file);
    const before = sftp().line.connections;
    const delivery = await delivering(
      at,
      file,
      answerLost(at, name, () => Promise.resolve()),
    );
    expect(delivery).toEqual({ kind: 'delivered', remoteName: name });
    expect(sftp().line.connections).toBe(before + 2);
    expect(await laid(at)).toEqual([name]);
  });

  it('one that the bank took away meanwhile is a doubt', async () => {
    const at = await place();
    const file = await kept(at.root);
    const name = remoteNameOf(file);
    const taking = answerLost(at, name, () => rm(join(at.options.paths.orders, name)));
    expect(await delivering(at, file, taking)).toMatchObject({ kind: 'unknown' });
  });

  it('one that never reached the server is not sent, and can happen no more', async () => {
    const at = await place();
    const file = await kept(at.root);
    const delivery = await delivering(at, file, () => sftp().line.cut());
    expect(delivery).toMatchObject({ kind: 'not-sent' });
    expect(await laid(at)).toEqual([]);
  });

  it('one that nobody can look up any more is a doubt', async () => {
    const at = await place();
    const file = await kept(at.root);
    const dying = answerLost(at, remoteNameOf(file), () => sftp().kill());
    const delivery = await delivering(at, file, dying);
    await sftp().revive();
    expect(delivery).toMatchObject({ kind: 'unknown' });
  });

  it('a connection that is cut while files are fetched ends the fetching, soon', async () => {
    const at = await place();
    await layOut(at, 'a.xml', { content: 'x'.repeat(3_000_000) });
    await expect(
      collected(at, async (file) => {
        for await (const piece of file.content()) if (piece.length > 0) sftp().line.cut();
      }),
    ).rejects.toThrow();
  });
});
