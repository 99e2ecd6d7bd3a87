import { FormGatewayAdapter } from '../../src/banks/adapters/form-gateway/form-gateway.adapter.js';
import { formGatewayOptionsSchema } from '../../src/banks/adapters/form-gateway/options.js';
import { SystemClock } from '../../src/kernel/index.js';
import { bankConformance, type BankHarness, type Mood } from './bank-conformance.js';
import { accountOf, FormGatewayBank, type GatewayMood } from './form-gateway-bank.js';

const SECRET = 'a secret of thirty-two characters or more, for testing';

/** What such a gateway has no word for is simply credited. */
const NO_WORD: ReadonlySet<Mood> = new Set(['told-twice', 'told-out-of-order', 'never-told']);
const REASONS: Partial<Record<Mood, string>> = {
  rejected: 'AC04',
  'rejected-later': 'AC04',
  returned: 'AC04',
};

async function start(): Promise<BankHarness> {
  const bank = new FormGatewayBank(SECRET);
  await bank.start();
  const options = formGatewayOptionsSchema.parse({
    baseUrl: bank.url,
    partner: 'chitra',
    secret: SECRET,
    plainHttp: true,
    codes: {
      '00': 'settled',
      '01': 'accepted',
      '05': 'not-taken',
      '16': 'rejected AC04',
      '25': 'not-found',
      '68': 'rejected AB05',
      '77': 'returned AC04',
      '94': 'rejected DUPL',
    },
  });
  const settings = { concurrency: 24, timeoutMs: 1000 };
  const adapter = new FormGatewayAdapter(options, settings, new SystemClock());
  return {
    adapter,
    account: (mood) => ({
      bankBin: '970436',
      accountNumber: accountOf(NO_WORD.has(mood) ? 'credited' : (mood as GatewayMood)),
      reason: REASONS[mood],
    }),
    credits: (reference) => {
      const booked = bank.books.get(reference);
      return Promise.resolve({ times: booked?.credits ?? 0, amount: booked?.amount ?? '0' });
    },
    notices: () => [],
    duringOutage: async (work) => {
      bank.isAway = true;
      await work();
      bank.isAway = false;
    },
    restart: async () => {
      await bank.stop();
      await bank.start();
    },
    stop: async () => {
      await adapter.close();
      await bank.stop();
    },
  };
}

bankConformance({ name: 'form-gateway', start });

describe('the seal of a form gateway', () => {
  it('an answer that another secret sealed is a doubt, never a settlement', async () => {
    const bank = new FormGatewayBank('another secret, of thirty-two characters or more');
    await bank.start();
    const codes = { '00': 'settled' };
    const given = { baseUrl: bank.url, partner: 'chitra', secret: SECRET, plainHttp: true, codes };
    const options = formGatewayOptionsSchema.parse(given);
    const settings = { concurrency: 1, timeoutMs: 1000 };
    const adapter = new FormGatewayAdapter(options, settings, new SystemClock());
    const query = { reference: 'CT1', firstSentAt: new Date() };
    const call = { signal: AbortSignal.timeout(1000), attemptId: 'a' };
    expect((await adapter.enquire([query], call)).get('CT1')?.kind).toBe('unknown');
    await adapter.close();
    await bank.stop();
  });

  it.each([
    [{ codes: { '00': 'paid' } }],
    [{ codes: { '14': 'rejected' } }],
    [{ secret: 'short' }],
    [{ baseUrl: 'http://bank.example', plainHttp: false }],
  ])('wrong options stop the start: %j', (wrong) => {
    const right = { baseUrl: 'https://bank.example', partner: 'p', secret: SECRET, codes: {} };
    expect(formGatewayOptionsSchema.safeParse({ ...right, ...wrong }).success).toBe(false);
  });
});
