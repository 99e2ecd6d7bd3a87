import fc from 'fast-check';
import type { ChainStep } from './approval-chains.js';
import { mayReturn, nextStep, rule, type Round, type Signer } from './signing.rules.js';

const chain: ChainStep[] = [
  { step: 1, signature: 'second', role: 'chief_accountant' },
  { step: 2, signature: 'first', role: 'account_holder' },
  { step: 3, signature: 'first', role: 'account_holder' },
];
const people: Signer[] = [
  { id: 'accountant', signature: 'second', roles: ['chief_accountant'] },
  { id: 'other accountant', signature: 'second', roles: ['chief_accountant'] },
  { id: 'holder', signature: 'first', roles: ['account_holder'] },
  { id: 'delegate', signature: 'first', roles: ['account_holder'] },
  { id: 'preparer', signature: null, roles: ['preparer'] },
  { id: 'preparing holder', signature: 'first', roles: ['account_holder'] },
  { id: 'second as holder', signature: 'second', roles: ['account_holder'] },
];
const preparers = ['preparer', 'preparing holder'];

describe('who may sign', () => {
  it('ends, whoever tries in whatever order, with distinct signers of the right kinds or not at all', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...people), { maxLength: 30 }), (tries) => {
        const signatures: { step: number; signerId: string }[] = [];
        for (const signer of tries) {
          const ruling = rule(signer, { chain, signatures, preparers });
          if (!ruling.may) continue;
          signatures.push({ step: ruling.step.step, signerId: signer.id });
          expect(ruling.isLast).toBe(signatures.length === chain.length);
        }
        expect(signatures.map((given) => given.step)).toEqual(
          chain.slice(0, signatures.length).map((s) => s.step),
        );
        expect(new Set(signatures.map((given) => given.signerId)).size).toBe(signatures.length);
        for (const { step, signerId } of signatures) {
          const signer = people.find((person) => person.id === signerId)!;
          expect(signer.signature).toBe(chain[step - 1]!.signature);
          expect(preparers).not.toContain(signerId);
        }
      }),
    );
  });

  it('tells each why not', () => {
    const round: Round = { chain, signatures: [{ step: 1, signerId: 'accountant' }], preparers };
    const why = (id: string) => {
      const ruling = rule(
        people.find((person) => person.id === id)!,
        round,
      );
      return ruling.may ? 'may' : ruling.because;
    };
    expect(people.map((person) => why(person.id))).toEqual([
      'signed-already',
      'no-step-for-you',
      'may',
      'may',
      'not-a-signatory',
      'own-work',
      'no-step-for-you',
    ]);
    expect(nextStep(round)?.step).toBe(2);
  });

  it('lets return who may sign now or has signed, and nobody else', () => {
    const round: Round = { chain, signatures: [{ step: 1, signerId: 'accountant' }], preparers };
    expect(people.filter((person) => mayReturn(person, round)).map((person) => person.id)).toEqual([
      'accountant',
      'holder',
      'delegate',
    ]);
  });
});
