import type { z } from 'zod';
import { Clock, InvariantError } from '../kernel/index.js';
import { listYaml, loadYaml, SettingsError, type YamlSource } from '../platform/config/index.js';
import { bankListOptionsSchema, createBankListAdapter } from './adapters/bank-list/index.js';
import { createFormGateway, formGatewayOptionsSchema } from './adapters/form-gateway/index.js';
import {
  createIso20022FileAdapter,
  iso20022FileOptionsSchema,
} from './adapters/iso20022-file/index.js';
import { createRestAdapter, restOptionsSchema } from './adapters/rest/index.js';
import { routeTo, routingOf, type Routing } from './bank.rules.js';
import { bankFileSchema, type BankFile, type BankSettings } from './bank.settings.js';
import { unknownBank } from './banks.errors.js';
import type { BankAdapter, ClosableAdapter } from './contract.js';
import { FileBank, type SendsFiles } from './file-bank.js';
import { mergedRanges, type AmountRange } from './rail.settings.js';

/** One line per adapter. Nothing else in the source knows an adapter's name. */
const ADAPTERS: ReadonlyMap<string, AdapterKind> = new Map([
  ['bank-list', adapter(bankListOptionsSchema, createBankListAdapter)],
  ['form-gateway', adapter(formGatewayOptionsSchema, createFormGateway)],
  ['iso20022-file', adapter(iso20022FileOptionsSchema, createIso20022FileAdapter)],
  ['rest', adapter(restOptionsSchema, createRestAdapter)],
]);

export interface Bank {
  readonly code: string;
  readonly name: string;
  readonly settings: BankSettings;
  readonly adapter: BankAdapter;
}

/** Makes the adapter of one bank from its file. */
export interface AdapterKind {
  create(file: BankFile, clock: Clock): ClosableAdapter;
}

/** The banks of this deployment, read once at start from config/banks/*.yaml. */
export class BankRegistry {
  private readonly banks: ReadonlyMap<string, Bank>;

  private constructor(
    banks: readonly Bank[],
    private readonly routing: Routing,
  ) {
    this.banks = new Map(banks.map((bank) => [bank.code, bank]));
  }

  /**
   * @throws SettingsError naming the file and field that is wrong, or the variable that is unset; never a value.
   */
  static load(source: YamlSource, clock: Clock): BankRegistry {
    const files = listYaml(source, 'banks').map((path) => loadYaml(source, path, bankFileSchema));
    return BankRegistry.of(files, clock);
  }

  /** @param adapters by the name that files call them by; those of this source unless others are tried out. */
  static of(
    files: readonly BankFile[],
    clock: Clock,
    adapters: ReadonlyMap<string, AdapterKind> = ADAPTERS,
  ): BankRegistry {
    const { routing, problems } = routingOf(files);
    const codes = files.map((file) => file.code);
    const doubled = codes.filter((code, at) => codes.indexOf(code) !== at);
    problems.push(...doubled.map((code) => `code: ${code} is used by two bank files`));
    if (problems.length > 0) throw new SettingsError(problems.map((p) => `config/banks: ${p}`));
    return new BankRegistry(
      files.map((file) => bankOf(file, clock, adapters)),
      routing,
    );
  }

  all(): readonly Bank[] {
    return [...this.banks.values()];
  }

  /** @throws DomainError banks.unknown-bank */
  of(code: string): Bank {
    const bank = this.banks.get(code);
    if (!bank) throw unknownBank(code);
    return bank;
  }

  /** From now on file banks can be sent to. The registry is read before there is a database to keep files in. */
  connectFiles(exchange: SendsFiles): void {
    for (const bank of this.banks.values()) {
      if (bank.adapter instanceof FileBank) bank.adapter.connect(bank, exchange);
    }
  }

  /** The bank that pays to a payee bank, by its BIN; null when none does. */
  route(bankBin: string): string | null {
    return routeTo(this.routing, bankBin);
  }

  /** Which amounts can be paid to a payee bank, and through which of ours; null when none pays to it. */
  carried(bankBin: string): { bankCode: string; ranges: readonly AmountRange[] } | null {
    const bankCode = this.route(bankBin);
    if (bankCode === null) return null;
    const rails = this.of(bankCode).settings.rails.filter(
      ({ onlyTo }) => onlyTo?.includes(bankBin) ?? true,
    );
    return { bankCode, ranges: mergedRanges(rails) };
  }

  /** Ends the connections that adapters hold. */
  async close(): Promise<void> {
    for (const { adapter: each } of this.banks.values()) await (each as ClosableAdapter).close?.();
  }
}

function bankOf(file: BankFile, clock: Clock, adapters: ReadonlyMap<string, AdapterKind>): Bank {
  const kind = adapters.get(file.adapter);
  if (!kind) {
    const known = [...adapters.keys()].join(', ');
    throw new SettingsError([`banks/${file.code}.yaml: adapter: is one of ${known}`]);
  }
  const made = connectable(kind.create(file, clock));
  if (file.mode === 'bulk' && !made.payMany) {
    throw new SettingsError([
      `banks/${file.code}.yaml: mode: this adapter sends single payments only`,
    ]);
  }
  if (file.mode === 'single' && !made.pay) {
    throw new SettingsError([
      `banks/${file.code}.yaml: mode: this adapter sends files, so it is bulk`,
    ]);
  }
  const settings: BankSettings = {
    mode: file.mode,
    maxPerSubmission: file.maxPerSubmission,
    rails: file.rails,
    concurrency: file.concurrency,
    rateLimit: file.rateLimit,
    timeoutMs: file.timeoutMs,
    retry: file.retry,
    enquiry: file.enquiry,
    breaker: file.breaker,
    handOver: file.handOver,
    idempotentByReference: file.idempotentByReference,
  };
  return { code: file.code, name: file.name, settings, adapter: made };
}

/** @throws InvariantError for an adapter that neither answers nor takes files. */
function connectable(made: ClosableAdapter): ClosableAdapter {
  if (made.pay && made.enquire) return made;
  if (made.files) return new FileBank(made, made.files);
  throw new InvariantError('an adapter answers (pay and enquire) or takes files');
}

/** Joins an adapter's options schema with its maker, so that wrong options are a clear error at start. */
function adapter<O>(
  schema: z.ZodType<O>,
  create: (options: O, given: { bank: BankFile; clock: Clock }) => ClosableAdapter,
): AdapterKind {
  return {
    create: (bank, clock) => {
      const options = schema.safeParse(bank.options);
      if (!options.success) {
        throw new SettingsError(
          options.error.issues.map(
            (issue) =>
              `banks/${bank.code}.yaml: ${['options', ...issue.path].join('.')}: ${issue.message}`,
          ),
        );
      }
      return create(options.data, { bank, clock });
    },
  };
}
