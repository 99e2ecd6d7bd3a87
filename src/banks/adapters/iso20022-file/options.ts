import { z } from 'zod';
import { camtOptions } from './camt-options.js';

const MIB = 1024 * 1024;
const MINUTE_MS = 60_000;
const LONGEST_MS = 24 * 60 * MINUTE_MS;

const account = z.string().regex(/^[A-Za-z0-9]{4,34}$/, 'an account: 4–34 letters and digits');
const bic = z.string().regex(/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'a BIC');
const memberId = z.string().regex(/^[A-Za-z0-9]{1,35}$/, 'letters and digits, at most 35');
const suffix = z.string().regex(/^\.[a-z0-9.]{1,19}$/, 'a dot, then a-z and 0-9');
/** Absolute, so that it does not depend on where a session or a process begins; nothing that leads back. */
const folder = z
  .string()
  .regex(/^\/[^\0]*$/, 'begins with /')
  .refine((path) => !path.split('/').includes('..'), 'holds no ..');
/** A key in one line of the environment has its line ends written as \n. */
const privateKey = z
  .string()
  .transform((text) => text.replaceAll('\\n', '\n').trim() + '\n')
  .refine((text) => text.startsWith('-----BEGIN '), 'is a private key in PEM or OpenSSH form');

/** Any fund that has no line of its own. */
export const ANY_FUND = '*';
/** Any reason of the bank's own that has no line of its own. */
export const ANY_REASON = '*';

const both = {
  /** Who orders, as the bank knows us. */
  debtor: z.strictObject({ name: z.string().trim().min(1).max(70), id: memberId.optional() }),
  /** The bank that keeps our accounts: its BIN or clearing member id, its BIC, or both. */
  debtorAgent: z
    .strictObject({ memberId: memberId.optional(), bic: bic.optional() })
    .refine((agent) => agent.memberId ?? agent.bic, 'names a memberId or a bic'),
  /** Account to debit by the code of the fund; '*' for all that are not named. */
  debtorAccounts: z
    .record(z.string().min(1), account)
    .refine((accounts) => Object.keys(accounts).length > 0, 'names an account'),
  /** DEBT: the payee receives all of it. */
  chargeBearer: z.enum(['DEBT', 'SHAR', 'SLEV', 'CRED']).default('DEBT'),
  /** Whether the bank may book a block as one sum; then its statement proves no single payment. */
  batchBooking: z.boolean().default(false),
  /** `ascii`: upper case A–Z, 0–9 and blanks, as on the rail; `vietnamese`: as stored. */
  names: z.enum(['ascii', 'vietnamese']).default('ascii'),
  nameLength: z.number().int().min(20).max(140).default(70),
  /** What our files' names begin with at the bank. */
  namePrefix: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,40}$/, 'letters, digits, _ and -')
    .default(''),
  /** What files end with while they are not whole yet: ours, and the bank's that are passed over. */
  partSuffix: suffix.default('.part'),
  temporarySuffixes: z
    .array(suffix)
    .max(20)
    .default(['.part', '.tmp', '.temp', '.filepart', '.writing', '.lock']),
  paths: z.strictObject({ orders: folder, reports: folder, archive: folder.optional() }),
  /** What is done with a file of the bank once it is kept. */
  afterTaking: z.enum(['archive', 'delete', 'leave']),
  /** A file that changed less than so long ago may still be growing. */
  settledForMs: z.number().int().min(0).max(LONGEST_MS).default(30_000),
  collectEveryMs: z.number().int().min(100).max(LONGEST_MS).default(MINUTE_MS),
  maxFileBytes: z
    .number()
    .int()
    .min(1024)
    .max(1024 * MIB)
    .default(200 * MIB),
  /**
   * The bank's own reasons (Rsn/Prtry) as codes of ISO 20022; what is a time-out or a duplicate there is AB05 or DUPL
   * here. A reason that has no line leaves a doubt, unless '*' has one: the bank promises that RJCT is never paid.
   */
  reasons: z
    .record(z.string().min(1).max(35), z.string().regex(/^[A-Z0-9]{4}$/, 'a code of ISO 20022'))
    .default({}),
  ...camtOptions,
};

/** SHA-256 as `ssh-keygen -lf` prints it, without the padding of base64. */
const hostKey = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'SHA256: and 43 characters');

const sftp = z
  .strictObject({
    host: z.string().min(1).max(253),
    port: z.number().int().min(1).max(65_535).default(22),
    username: z.string().min(1).max(64),
    privateKey: privateKey.optional(),
    passphrase: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    /** Fingerprints of the server's keys; more than one while it is being changed. */
    hostKeys: z.array(hostKey).min(1).max(4),
    readyTimeoutMs: z.number().int().min(100).max(MINUTE_MS).default(20_000),
    /** A silent connection is asked whether it lives; three silences end it. */
    keepAliveMs: z.number().int().min(100).max(MINUTE_MS).default(10_000),
  })
  .refine((given) => given.privateKey ?? given.password, {
    path: ['privateKey'],
    message: 'a private key or a password',
  });

/** What the YAML file of a bank that exchanges ISO 20022 files holds under `options`. */
export const iso20022FileOptionsSchema = z
  .discriminatedUnion('door', [
    z.strictObject({ door: z.literal('sftp'), sftp, ...both }),
    /** A folder of this machine that something else carries to the bank and back. */
    z.strictObject({ door: z.literal('folder'), ...both }),
  ])
  .refine(({ afterTaking, paths }) => afterTaking !== 'archive' || paths.archive !== undefined, {
    path: ['paths', 'archive'],
    message: 'is needed with afterTaking: archive',
  })
  .refine(({ partSuffix, temporarySuffixes }) => temporarySuffixes.includes(partSuffix), {
    path: ['temporarySuffixes'],
    message: 'holds partSuffix',
  })
  .refine(
    ({ paths: { orders, reports, archive } }) => new Set([orders, reports, archive]).size === 3,
    { path: ['paths'], message: 'orders, reports and archive are different folders' },
  );

export type Iso20022FileOptions = z.infer<typeof iso20022FileOptionsSchema>;
export type SftpOptions = z.infer<typeof sftp>;
