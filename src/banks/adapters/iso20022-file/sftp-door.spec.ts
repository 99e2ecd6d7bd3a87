import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import {
  call,
  collected,
  filesOf,
  kept,
  large,
  layOut,
  placeIn,
  reached,
  type Place,
} from '../../../../test/builders/bank-place.js';
import { describeWithSftp } from '../../../../test/setup/sftp.js';
import type { BankDoor, BankSide } from './bank-side.js';
import { deliverFile, remoteNameOf } from './deliver-file.js';
import { SftpDoor } from './sftp-door.js';

describeWithSftp('an SFTP connection that fails', (sftp) => {
  const place = (given: Parameters<typeof placeIn>[1] = {}) =>
    placeIn(sftp().folder, { sftp: reached(sftp()), ...given });
  const laid = async (at: Place) => (await readdir(at.options.paths.orders)).sort();

  it('a host key that is not pinned is spoken to no further', async () => {
    const other = `SHA256:${'A'.repeat(43)}`;
    const at = await place({ sftp: reached(sftp(), { hostKeys: [other] }) });
    const delivery = await filesOf(at).deliver(await kept(at.root), call());
    expect(delivery).toEqual({
      kind: 'not-sent',
      why: 'no connection: the host key is none of hostKeys',
    });
    await expect(collected(at)).rejects.toThrow('host key');
    const either = await place({ sftp: reached(sftp(), { hostKeys: [other, sftp().hostKey] }) });
    expect(await collected(either)).toEqual([]);
  });

  it('nothing is sent where nobody listens, or to whom we are a stranger', async () => {
    const refused = await place({ sftp: reached(sftp(), { port: 1 }) });
    expect(await filesOf(refused).deliver(await kept(refused.root), call())).toEqual({
      kind: 'not-sent',
      why: 'no connection: ECONNREFUSED',
    });
    const stranger = await place({
      sftp: reached(sftp(), { privateKey: undefined, password: 'x' }),
    });
    expect(await filesOf(stranger).deliver(await kept(stranger.root), call())).toMatchObject({
      kind: 'not-sent',
    });
  });

  it('nothing is sent to a server that says nothing, however long', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const at = await place({ sftp: reached(sftp(), { port }) });
    const delivery = await filesOf(at).deliver(await kept(at.root), call(AbortSignal.timeout(300)));
    expect(delivery).toMatchObject({ kind: 'not-sent' });
    const impatient = await place({ sftp: reached(sftp(), { port, readyTimeoutMs: 200 }) });
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

  const opened = async (at: Place) => {
    if (at.options.door !== 'sftp') throw new Error('this is about SFTP');
    return { side: await new SftpDoor(at.options.sftp).open(AbortSignal.timeout(5000)) };
  };

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

  it('a connection that is cut when a file was read, or left unread, disturbs nobody', async () => {
    const at = await place();
    for (const whole of [true, false]) {
      await layOut(at, 'a.xml', { content: 'x'.repeat(10_000) });
      const { side } = await opened(at);
      for await (const piece of side.read(join(at.options.paths.reports, 'a.xml'))) {
        if (piece.length > 0 && !whole) break;
      }
      sftp().line.cut();
      await side.close();
    }
    // An error that nobody listens to would end a worker; here Jest fails the test for it.
    await new Promise((wake) => setTimeout(wake, 50));
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
