import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/platform/database/index.js';

const PROGRAM = '/usr/sbin/sshd';
const PACKAGE = 'openssh-server';
const READY_WITHIN_MS = 30_000;

export interface TestSftp {
  readonly host: string;
  /** Of a line in between that can be cut; the server behind it has a port of its own. */
  readonly port: number;
  readonly username: string;
  /** In OpenSSH form; the server takes no other key and no password. */
  readonly privateKey: string;
  /** `SHA256:…` */
  readonly hostKey: string;
  /** The server's root is the machine's; specs keep to this folder. */
  readonly folder: string;
  readonly line: Line;
  /** SIGKILL: nobody listens any more. What runs for those connected runs on; `line.cut` is theirs. */
  kill(): Promise<void>;
  revive(): Promise<void>;
  close(): Promise<void>;
}

/** Stands between a client and the server, and does to their connections what networks do. */
export interface Line {
  /** Ends all connections now. */
  cut(): void;
  /** Ends a connection when so many bytes more went to the server. */
  cutAfter(bytes: number): void;
  /** The server's words arrive nowhere any more, until `cut`; new connections are not concerned. */
  deafen(): void;
  /** The same once so many bytes more went to the server: it acts on them, and nobody hears of it. */
  deafenAfter(bytes: number): void;
  /** Bytes that went to the server through it since it was there. */
  readonly sent: number;
  /** Connections made through it since it was there. */
  readonly connections: number;
}

export const isSftpInstalled = (): boolean => existsSync(PROGRAM);

/**
 * OpenSSH's sftp server with keys of its own, on a free port and in a temporary folder. Null where there is none; in
 * CI that is a fault instead, so that these tests cannot be lost without anybody noticing.
 */
export async function testSftp(): Promise<TestSftp | null> {
  if (!isSftpInstalled()) {
    if (process.env.CI) throw new Error(`CI has no ${PROGRAM}: .ci/run installs ${PACKAGE}`);
    return null;
  }
  const home = await mkdtemp(join(tmpdir(), 'chitra-sftp-'));
  const folder = join(home, 'files');
  await mkdir(folder);
  for (const name of ['host', 'client']) {
    run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(home, name)]);
  }
  const [, hostKey = ''] = run('ssh-keygen', ['-lf', join(home, 'host.pub')]).split(' ');
  const serverPort = await freePort();
  // The server insists on a folder that an installed service would have made.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true });
  await configure(home, serverPort);
  let server = await start(home, serverPort);
  const line = await lineTo(serverPort);
  return {
    host: '127.0.0.1',
    port: line.port,
    username: userInfo().username,
    privateKey: await readFile(join(home, 'client'), 'utf8'),
    hostKey,
    folder,
    line,
    kill: () => end(server),
    revive: async () => {
      server = await start(home, serverPort);
    },
    close: async () => {
      await line.close();
      await end(server);
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A suite that needs an sftp server. Where there is none, one test says which suite was left out and why. */
export function describeWithSftp(name: string, suite: (sftp: () => TestSftp) => void): void {
  if (!isSftpInstalled() && !process.env.CI) {
    describe(name, () => {
      it(`is left out: there is no ${PROGRAM} on this machine (apt-get install ${PACKAGE})`, () => {
        process.stderr.write(`left out: "${name}", because ${PACKAGE} is not installed\n`);
        expect(isSftpInstalled()).toBe(false);
      });
    });
    return;
  }
  describe(name, () => {
    let sftp: TestSftp | null = null;
    beforeAll(async () => {
      sftp = await testSftp();
    });
    afterAll(() => sftp?.close());
    describe('over OpenSSH', () =>
      suite(() => {
        if (!sftp) throw new Error('the sftp server is there from beforeAll on, not earlier');
        return sftp;
      }));
  });
}

const settings = (home: string, port: number): string =>
  [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(home, 'host')}`,
    `AuthorizedKeysFile ${join(home, 'client.pub')}`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    // Tests knock often, and some on purpose with nothing to say.
    'MaxStartups 100:30:200',
    'Subsystem sftp internal-sftp',
    '',
  ].join('\n');

/** Newer servers keep those out for a while whose connections end badly; older ones do not know the setting. */
async function configure(home: string, port: number): Promise<void> {
  const path = join(home, 'config');
  await writeFile(path, `${settings(home, port)}PerSourcePenalties no\n`);
  if (spawnSync(PROGRAM, ['-t', '-f', path]).status === 0) return;
  await writeFile(path, settings(home, port));
}

async function start(home: string, port: number): Promise<ChildProcess> {
  const log = join(home, 'log');
  const server = spawn(PROGRAM, ['-D', '-f', join(home, 'config'), '-E', log], {
    stdio: 'ignore',
  });
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!(await answers(port))) {
    if (server.exitCode !== null || performance.now() > deadline) {
      server.kill('SIGKILL');
      const said = await readFile(log, 'utf8').catch(() => 'nothing');
      throw new Error(`${PROGRAM} did not start on port ${port}: ${said.slice(-500)}`);
    }
    await new Promise((wake) => setTimeout(wake, 30));
  }
  return server;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const say = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('data', () => say(true));
    socket.once('error', () => say(false));
    socket.once('close', () => say(false));
  });
}

async function lineTo(port: number): Promise<Line & { port: number; close(): Promise<void> }> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let bytesLeft = Infinity;
  let heardFor = Infinity;
  let sent = 0;
  let connections = 0;
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    bytesLeft = Infinity;
    heardFor = Infinity;
  };
  const deafen = () => {
    for (const [client, behind] of pairs) behind.unpipe(client).resume();
    heardFor = Infinity;
  };
  const server: Server = createServer({ noDelay: true }, (client) => {
    connections += 1;
    const behind = connect({ host: '127.0.0.1', port, noDelay: true });
    const pair = [client, behind] as const;
    pairs.add(pair);
    for (const [one, other] of [pair, [behind, client] as const]) {
      one.on('error', () => undefined);
      one.on('close', () => {
        other.destroy();
        pairs.delete(pair);
      });
    }
    client.on('data', (bytes) => {
      bytesLeft -= bytes.length;
      if (bytesLeft < 0) return cut();
      sent += bytes.length;
      heardFor -= bytes.length;
      if (heardFor <= 0) deafen();
      behind.write(bytes);
    });
    behind.pipe(client);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut,
    cutAfter: (bytes) => {
      bytesLeft = bytes;
    },
    deafen,
    deafenAfter: (bytes) => {
      heardFor = bytes;
    },
    get sent() {
      return sent;
    },
    get connections() {
      return connections;
    },
    close: async () => {
      cut();
      await new Promise((done) => server.close(done));
    },
  };
}

function run(program: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return stdout;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  server.kill('SIGKILL');
  await ended;
}
