import type { Role, SignatureKind } from '../identity/index.js';
import type { ChainStep } from './approval-chains.js';

/*
 * Who may sign: the first signature is the account holder's or a delegate's, the second the chief accountant's or a
 * delegate's; the head may not delegate to anyone registered for the second signature; nobody signs twice; and the
 * one who prepares a list does not sign it (Circular 18/2020/TT-BTC, articles 3 and 8; form Mẫu 09 of Decree
 * 11/2020/NĐ-CP carries the three names).
 */

export interface Signer {
  readonly id: string;
  /** What they are registered for; null when they sign nothing. */
  readonly signature: SignatureKind | null;
  readonly roles: readonly Role[];
}

/** A round of a batch as its next signer finds it. */
export interface Round {
  readonly chain: readonly ChainStep[];
  readonly signatures: readonly { step: number; signerId: string }[];
  readonly preparers: readonly string[];
}

export type Ruling =
  | { readonly may: true; readonly step: ChainStep; readonly isLast: boolean }
  | {
      readonly may: false;
      readonly because:
        'not-a-signatory' | 'own-work' | 'signed-already' | 'not-your-turn' | 'no-step-for-you';
      readonly next: ChainStep | null;
    };

/** The first step of the chain that nobody has signed; null when all are. */
export function nextStep(round: Pick<Round, 'chain' | 'signatures'>): ChainStep | null {
  const signed = new Set(round.signatures.map((signature) => signature.step));
  return round.chain.find((step) => !signed.has(step.step)) ?? null;
}

/** Whether a person may give the next signature, and when not, why. */
export function rule(signer: Signer, round: Round): Ruling {
  const next = nextStep(round);
  const no = (because: Extract<Ruling, { may: false }>['because']): Ruling => ({
    may: false,
    because,
    next,
  });
  if (signer.signature === null) return no('not-a-signatory');
  if (round.preparers.includes(signer.id)) return no('own-work');
  if (round.signatures.some(({ signerId }) => signerId === signer.id)) return no('signed-already');
  if (next && fits(signer, next)) {
    return { may: true, step: next, isLast: next.step === round.chain.at(-1)?.step };
  }
  const later = round.chain.some((step) => next && step.step > next.step && fits(signer, step));
  return no(later ? 'not-your-turn' : 'no-step-for-you');
}

/** A signer may return a batch when it waits for them or they have signed it; never their own work. */
export function mayReturn(signer: Signer, round: Round): boolean {
  const ruling = rule(signer, round);
  return ruling.may || ruling.because === 'signed-already';
}

function fits(signer: Signer, step: ChainStep): boolean {
  return signer.signature === step.signature && signer.roles.includes(step.role);
}
