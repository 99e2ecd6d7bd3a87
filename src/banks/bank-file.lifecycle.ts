import { lifecycle } from '../kernel/index.js';

export type OutgoingFileState =
  | 'made'
  | 'delivering'
  | 'delivered'
  | 'not-delivered'
  | 'uncertain'
  | 'void'
  | 'downloaded'
  | 'uploaded';

/**
 * A message of ours as a file. `not-delivered`: surely not before the bank. `uncertain`: it may be. `void`: it never
 * left and never will, its payments may go in another message. A list that people carry: `downloaded → uploaded`.
 */
export const outgoingFileLifecycle = lifecycle<OutgoingFileState>({
  name: 'outgoing bank file',
  initial: 'made',
  moves: {
    made: ['delivering', 'void', 'downloaded'],
    delivering: ['delivered', 'not-delivered', 'uncertain'],
    delivered: [],
    'not-delivered': ['delivering', 'void'],
    uncertain: [],
    void: [],
    downloaded: ['uploaded'],
    uploaded: [],
  },
});

export type IncomingFileState = 'received' | 'read' | 'quarantined';

/**
 * A file of the bank. `quarantined`: broken, nothing of it was applied; the bank is asked for a right one, or a person
 * has it read again when the fault was ours. `read → received`: a person says now which message it answers.
 */
export const incomingFileLifecycle = lifecycle<IncomingFileState>({
  name: 'incoming bank file',
  initial: 'received',
  moves: { received: ['read', 'quarantined'], read: ['received'], quarantined: ['received'] },
});

export type BankFileState = OutgoingFileState | IncomingFileState;

/** States in which a message's file surely never left and never will by itself. */
export const NEVER_LEFT: readonly OutgoingFileState[] = ['made', 'not-delivered', 'void'];

export const BANK_FILE_STATES: readonly BankFileState[] = [
  ...outgoingFileLifecycle.states,
  ...incomingFileLifecycle.states,
];
