/** Fields that hold a person's affairs or a secret, however they are spelled (`account_number`, `accountNumber`). */
const SENSITIVE = new Set([
  ...['accountnumber', 'accountname', 'fullname', 'foldedname', 'displayname', 'payeename'],
  ...['personalnumber', 'recipientname', 'recipientpersonalnumber', 'dateofbirth', 'narrative'],
  ...['password', 'passwordhash', 'secret', 'noticesecret', 'sessionsecret', 'token', 'apikey'],
  ...['authorization', 'cookie', 'setcookie', 'parameters', 'body', 'databaseurl', 'redisurl'],
]);

const CENSORED = '[redacted]';
/** Deeper or longer things are not for a log line. */
const DEEPEST = 6;
const LONGEST = 50;

/** A Vietnamese personal number: twelve digits, the first three a province's code below 100. */
const PERSONAL_NUMBER = /(?<![0-9A-Fa-f-])0\d{11}(?![0-9A-Fa-f-])/g;
/** The password of an address. */
const CREDENTIALS = /(\w+:\/\/)[^\s/@]*@/g;

/** A text without what must never be read in a log, wherever it came from. */
export function redactText(text: string): string {
  return text.replace(PERSONAL_NUMBER, CENSORED).replace(CREDENTIALS, `$1${CENSORED}@`);
}

/**
 * What may be written of a log line's fields: a second fence, the first being that code logs ids and figures
 * only. Errors keep their class, message, code and stack, and lose the rest (a failed statement's parameters).
 */
export function redact(fields: Record<string, unknown>): Record<string, unknown> {
  return redactFields(fields, 1);
}

function redactFields(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      SENSITIVE.has(name.toLowerCase().replace(/[^a-z]/g, ''))
        ? CENSORED
        : redactValue(value, depth),
    ]),
  );
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth >= DEEPEST) return '[too deep]';
  if (value instanceof Error) return errorFields(value, depth);
  if (Buffer.isBuffer(value)) return '[bytes]';
  if (Array.isArray(value)) {
    return value.slice(0, LONGEST).map((item) => redactValue(item, depth + 1));
  }
  return isWritable(value)
    ? redactValue(value.toJSON(), depth + 1)
    : redactFields(value, depth + 1);
}

const isWritable = (value: object): value is { toJSON(): unknown } =>
  'toJSON' in value && typeof value.toJSON === 'function';

function errorFields(error: Error, depth: number): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: redactText(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    stack: redactText(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: redactValue(error.cause, depth + 1) }),
  };
}
