import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/**
 * Fields that must never reach a log line, wherever they stand in the first three levels: a second fence,
 * the first being that code logs ids and figures only.
 */
const SENSITIVE = [
  'accountNumber',
  'accountName',
  'fullName',
  'payeeName',
  'personalNumber',
  'password',
  'secret',
  'authorization',
  'cookie',
  'token',
];
const REDACTED = SENSITIVE.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

let root: Logger = pino({ level: 'silent' });

/** Sets the level once at start; before that nothing is written. JSON lines on standard error. */
export function configureLogging(options: { level: string; role: string }): void {
  root = pino(
    {
      level: options.level,
      base: { role: options.role },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACTED, censor: '[redacted]' },
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** The logger of one part of the program; follows the level that is in force when it writes. */
export function logger(area: string): Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'> {
  let child: { of: Logger; log: Logger } | undefined;
  const current = (): Logger => {
    if (child?.of !== root) child = { of: root, log: root.child({ area }) };
    return child.log;
  };
  return new Proxy({} as Logger, {
    get: (_, method: keyof Logger) => {
      const log = current();
      const value: unknown = Reflect.get(log, method);
      return typeof value === 'function' ? (value.bind(log) as unknown) : value;
    },
  });
}

/** Nest's own messages, in the same stream. */
export class NestLog implements LoggerService {
  private readonly log_ = logger('nest');

  log(message: unknown, ...context: unknown[]): void {
    this.log_.debug({ context: context.at(-1) }, String(message));
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.log_.warn({ context: context.at(-1) }, String(message));
  }

  error(message: unknown, ...context: unknown[]): void {
    this.log_.error({ context: context.at(-1), detail: message }, String(message));
  }

  fatal(message: unknown, ...context: unknown[]): void {
    this.log_.fatal({ context: context.at(-1) }, String(message));
  }
}
