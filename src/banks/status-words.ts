/*
 * What a bank's words mean for the money, whichever adapter hears them; config/reference/payment-status-codes.json
 * has them for people.
 */

/**
 * By ISO 20022 ExternalPaymentTransactionStatus1Code. ACSC says that the *debtor's* side is settled and is no proof
 * of the credit: only ACCC settles. RTRN is not of that list; it says that a credited payment came back.
 * A word that is not here is a doubt.
 */
export const STATUS_WORDS: ReadonlyMap<string, 'settled' | 'accepted' | 'rejected' | 'returned'> =
  new Map([
    ['ACCC', 'settled'],
    ['RCVD', 'accepted'],
    ['PDNG', 'accepted'],
    ['ACTC', 'accepted'],
    ['ACCP', 'accepted'],
    ['ACSP', 'accepted'],
    ['ACSC', 'accepted'],
    ['ACWC', 'accepted'],
    ['ACWP', 'accepted'],
    ['ACFC', 'accepted'],
    ['PATC', 'accepted'],
    ['RJCT', 'rejected'],
    ['BLCK', 'rejected'],
    ['CANC', 'rejected'],
    ['RTRN', 'returned'],
  ]);

/**
 * A refusal for one of these does not say that nothing was paid: AB05 and AB06 are time-outs further down
 * the line, and a duplicate (AM05, DU01–DU05, DUPL) points to an original whose status is the truth.
 */
export const REFUSALS_THAT_TELL_NOTHING: ReadonlySet<string> = new Set([
  'AB05',
  'AB06',
  'AM05',
  'DU01',
  'DU02',
  'DU03',
  'DU04',
  'DU05',
  'DUPL',
]);
