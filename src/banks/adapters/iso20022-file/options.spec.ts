import { parse } from 'yaml';
import { isoOptions } from '../../../../test/builders/file-message.js';
import { iso20022FileOptionsSchema } from './options.js';

const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\\nAAAA\\n-----END OPENSSH PRIVATE KEY-----';
const sftp = {
  host: 'bank.example',
  username: 'chitra',
  privateKey: KEY,
  hostKeys: [`SHA256:${'A'.repeat(43)}`],
};
const paths = { orders: '/in', reports: '/out', archive: '/out/archive' };
const { door: _, ...both } = isoOptions({ paths });

/** Where and why options are refused; empty when they are right. */
const problems = (given: object): string[] => {
  const read = iso20022FileOptionsSchema.safeParse({ ...both, door: 'sftp', sftp, ...given });
  return read.success
    ? []
    : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('the options of a bank of files', () => {
  it.each([
    ['no pinned host key', { sftp: { ...sftp, hostKeys: [] } }, 'sftp.hostKeys'],
    [
      'a host key in another form',
      { sftp: { ...sftp, hostKeys: ['MD5:aa:bb'] } },
      'sftp.hostKeys.0',
    ],
    ['neither key nor password', { sftp: { ...sftp, privateKey: undefined } }, 'sftp.privateKey'],
    ['a path instead of a key', { sftp: { ...sftp, privateKey: '/etc/key' } }, 'sftp.privateKey'],
    ['SFTP without a server', { sftp: undefined }, 'sftp'],
    ['a server for a folder', { door: 'folder' }, ''],
    ['another door', { door: 'ftp' }, 'door'],
    [
      'a folder that depends on where one begins',
      { paths: { ...paths, orders: 'in' } },
      'paths.orders',
    ],
    ['a folder that leads back', { paths: { ...paths, orders: '/in/../x' } }, 'paths.orders'],
    ['one folder for two things', { paths: { ...paths, orders: '/out/' } }, 'paths'],
    ['no archive to archive in', { paths: { orders: '/in', reports: '/out' } }, 'paths.archive'],
    ['no account', { debtorAccounts: {} }, 'debtorAccounts'],
    ['an account that is a number', { debtorAccounts: { A: 3713000000001 } }, 'debtorAccounts.A'],
    ['no name of the agent', { debtorAgent: {} }, 'debtorAgent'],
    ['a reason that is no code', { reasons: { TO: 'time-out' } }, 'reasons.TO'],
    ['our own unfinished files to be fetched', { partSuffix: '.half' }, 'temporarySuffixes'],
    ['a name that leads out of its folder', { namePrefix: '../' }, 'namePrefix'],
    ['a field that nobody reads', { hostkeys: [] }, ''],
  ])('with %s are refused at start, by the field', (_case, given, where) => {
    const found = problems(given);
    expect(found.some((problem) => problem.startsWith(`${where}: `))).toBe(true);
    expect(found.join()).not.toMatch(/BEGIN|AAAA\\n/);
  });

  it('take a key in one line as the environment holds it, and what the bank does not say by itself', () => {
    const read = iso20022FileOptionsSchema.parse(
      parse(JSON.stringify({ ...both, door: 'sftp', sftp, settledForMs: undefined })),
    );
    expect(read).toMatchObject({ door: 'sftp', settledForMs: 30_000, sftp: { port: 22 } });
    expect(read.door === 'sftp' && read.sftp.privateKey).toBe(`${KEY.replaceAll('\\n', '\n')}\n`);
  });
});
