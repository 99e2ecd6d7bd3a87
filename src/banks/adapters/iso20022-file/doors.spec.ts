import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  call,
  collected,
  filesOf,
  keep,
  kept,
  large,
  layOut,
  placeIn,
  reached,
  type Place,
} from '../../../../test/builders/bank-place.js';
import { textOf } from '../../../../test/builders/file-message.js';
import { describeWithSftp } from '../../../../test/setup/sftp.js';
import { FileBroken } from '../../contract.js';
import { remoteNameOf } from './deliver-file.js';

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

  it('one that is gone when it is read is told, and does not hold up the others', async () => {
    const place = await make();
    const path = await layOut(place, 'a.xml', { minutes: 9 });
    await layOut(place, 'b.xml');
    const names = await collected(place, async (file) => {
      if (file.name === 'b.xml') return keep(file);
      await rm(path);
      await expect(textOf(file.content())).rejects.toBeInstanceOf(FileBroken);
    });
    expect(names).toEqual(['a.xml', 'b.xml']);
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
  doorSuite((given) => placeIn(sftp().folder, { sftp: reached(sftp()), ...given }));
});
