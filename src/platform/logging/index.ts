import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import { redact, redactText } from './redact.js';

let root: Logger = pino({ level: 'silent' });

/** Sets the level once at start; before that nothing is written. JSON lines, on standard error unless told. */
export function configureLogging(options: {
  level: string;
  role: string;
  destination?: DestinationStream;
}): void {
  root = pino(
    {
      level: options.level,
      base: { role: options.role },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redact },
      // Errors have been turned into fields by then.
      serializers: { err: (fields: unknown) => fields },
    },
    options.destination ?? pino.destination({ dest: 2, sync: true }),
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
    this.log_.debug({ context: context.at(-1) }, textOf(message));
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.log_.warn({ context: context.at(-1) }, textOf(message));
  }

  error(message: unknown, ...context: unknown[]): void {
    const err = message instanceof Error ? message : undefined;
    this.log_.error({ context: context.at(-1), stack: context.at(-2), err }, textOf(message));
  }

  fatal(message: unknown, ...context: unknown[]): void {
    this.log_.fatal({ context: context.at(-1) }, textOf(message));
  }
}

function textOf(message: unknown): string {
  if (typeof message === 'string') return redactText(message);
  return message instanceof Error ? redactText(message.message) : 'a message that is no text';
}
