import { AllowanceRates } from './allowance-rates.js';
import { PaymentStatuses } from './payment-statuses.js';
import { ReasonCodes } from './reason-codes.js';
import { TreasuryForms } from './treasury-forms.js';

const source = { configDir: 'config', variable: () => undefined };
const reasons = ReasonCodes.load(source);

describe('reasons of banks', () => {
  it('a time-out at the bank is an unknown outcome, never to be sent again', () => {
    expect(reasons.of('AB05').retry).toBe('unknown-outcome');
    expect(reasons.of('AB06').retry).toBe('unknown-outcome');
  });

  it('a reason that is not listed is told as such and left to a person', () => {
    expect(reasons.of('ZZ99')).toMatchObject({
      code: 'ZZ99',
      family: 'unspecified',
      retry: 'human',
    });
  });

  it.each([
    ['AC01', 'account', 'after-fix'],
    ['AC04', 'account', 'after-fix'],
    ['BE01', 'name', 'after-fix'],
    ['MD07', 'beneficiary', 'never'],
    ['AM04', 'funding', 'later'],
    ['DU04', 'duplicate', 'never'],
  ])('%s belongs to %s and may be paid again: %s', (code, family, retry) => {
    expect(reasons.of(code)).toMatchObject({ family, retry });
  });

  it('each says in both languages what happened and what to do next', () => {
    for (const reason of reasons.all()) {
      const texts = [reason.vi, reason.en, reason.nextStep.vi, reason.nextStep.en];
      for (const text of texts) expect([reason.code, text.length > 3]).toEqual([reason.code, true]);
    }
  });
});

describe('other reference files', () => {
  it('only a credit to the creditor proves that the payee has the money', () => {
    const statuses = PaymentStatuses.load(source);
    expect(statuses.find('ACCC')?.reading).toBe('credited');
    expect(statuses.find('ACSC')).toMatchObject({ reading: 'debited', final: false });
    expect(statuses.find('XXXX')).toBeNull();
  });

  it('rates are full tables: the jump at 55 per cent of appendix III is there', () => {
    const rates = AllowanceRates.load(source).monthly('2789000');
    const amount = (code: string) => rates.find((rate) => rate.code === code)?.amount.toString();
    expect([amount('TBB_54'), amount('TBB_55')]).toEqual(['3960000', '4102000']);
    expect([amount('TB_21'), amount('TNLS_1')]).toEqual(['1878000', '2789000']);
    expect(AllowanceRates.load(source).monthly('3012000')).toEqual([]);
  });

  it('form Mẫu 09 has its thirteen columns', () => {
    expect(TreasuryForms.load(source).paymentList.columns).toHaveLength(13);
  });
});
