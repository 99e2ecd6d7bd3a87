import { aCall } from './raw-bank.js';
import { startSandboxHarness, type SandboxHarness } from './sandbox-harness.js';

describe('an account-name inquiry at the sandbox bank', () => {
  let bank: SandboxHarness;
  beforeAll(async () => {
    bank = await startSandboxHarness();
  });
  afterAll(() => bank.stop());

  const inquiry = (accountNumber: string) =>
    bank.adapter.verifyAccount?.({ bankBin: '970405', accountNumber }, aCall());

  it.each(['990101', '990104'])('…%s does not exist', async (ending) => {
    expect(await inquiry(`101${ending}`)).toEqual({ kind: 'no-such-account' });
  });

  it('…990201 is somebody else’s', async () => {
    const found = { kind: 'found', accountName: 'NGUOI KHAC' };
    expect(await inquiry('101990201')).toEqual(found);
  });

  it.each(['991002', '991003', '991004', '991005', '991006', '991007', '991009'])(
    '…%s: the mishap of the message strikes it, too, and nobody can tell',
    async (ending) => {
      expect(await inquiry(`101${ending}`)).toMatchObject({ kind: 'cannot-tell' });
    },
  );

  it('gives a name as it was taught, marks and all', async () => {
    for (const accountName of ['Ðặng Thị Hoà', 'Đặng Thị Hòa'.normalize('NFD'), 'DANG HOA']) {
      const account = { bankBin: '970405', accountNumber: '1010000777', accountName };
      await bank.own('PUT', '/sandbox/accounts', { accounts: [account] });
      expect(await inquiry('1010000777')).toEqual({ kind: 'found', accountName });
    }
  });
});
