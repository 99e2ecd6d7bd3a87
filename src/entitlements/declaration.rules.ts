import { z } from 'zod';
import { InvalidValueError, parsePeriod } from '../kernel/index.js';
import type { Programmes } from '../organisation/index.js';
import { entitlementsErrors } from './entitlements.errors.js';
import type { Declaration } from './import.store.js';
import { headingKey, isMeaning, type Meaning } from './list.columns.js';
import { readAmount } from './list.values.js';

/** As it comes from a form (texts) or a JSON body (values). */
export interface RawDeclaration {
  readonly sender?: string;
  readonly programme?: string;
  readonly period?: string;
  readonly controlRows?: string | number;
  readonly controlTotal?: string | number;
  readonly controlByCommune?: unknown;
  readonly mapping?: unknown;
}

const COMMUNES_MAX = 2_000;
const HEADINGS_MAX = 60;
const record = z.record(z.string().max(200), z.union([z.string().max(200), z.number()]));

/** @throws DomainError naming the field that cannot be read. */
export function readDeclaration(
  raw: RawDeclaration,
  by: { programmes: Programmes; sender: string },
): Declaration {
  return {
    sender: text(raw.sender)?.slice(0, 80) ?? by.sender,
    programme: programmeOf(text(raw.programme), by.programmes),
    period: periodOf(text(raw.period)),
    headings: headingsOf(raw.mapping),
    controlRows: rowsOf(text(raw.controlRows)),
    controlTotal: amountOf(raw.controlTotal, 'controlTotal'),
    controlByCommune: communesOf(raw.controlByCommune),
  };
}

function text(value: string | number | undefined): string | null {
  const trimmed = String(value ?? '').trim();
  return trimmed === '' ? null : trimmed;
}

function programmeOf(named: string | null, programmes: Programmes): string | null {
  if (named === null) return null;
  const programme = programmes.find(named);
  if (!programme) throw entitlementsErrors.programmeUnknown();
  return programme.code;
}

function periodOf(named: string | null): string | null {
  if (named === null) return null;
  try {
    return parsePeriod(named);
  } catch (error) {
    if (error instanceof InvalidValueError) throw entitlementsErrors.periodUnreadable();
    throw error;
  }
}

function rowsOf(named: string | null): number | null {
  if (named === null) return null;
  if (!/^\d{1,7}$/.test(named)) throw entitlementsErrors.declarationUnreadable('controlRows');
  return Number(named);
}

/** As in a cell: `7.795.000.000`, `7795000000`; nothing is a total too (of an empty commune). */
function amountOf(value: string | number | undefined, field: string): string | null {
  const named = text(value);
  if (named === null) return null;
  if (/^0+$/.test(named)) return '0';
  const read = readAmount({ kind: typeof value === 'number' ? 'number' : 'text', text: named });
  if (!read.ok) throw entitlementsErrors.declarationUnreadable(field);
  return read.value;
}

function communesOf(value: unknown): Record<string, string> | null {
  const given = objectOf(value, 'controlByCommune');
  if (given === null) return null;
  const entries = Object.entries(given);
  if (entries.length > COMMUNES_MAX || entries.some(([code]) => !/^\d{5}$/.test(code)))
    throw entitlementsErrors.declarationUnreadable('controlByCommune');
  return Object.fromEntries(
    entries.map(([code, total]) => [code, amountOf(total, 'controlByCommune') ?? '0']),
  );
}

/** `{"Tiền tháng này": "amount"}`; the heading is kept as it is compared. */
function headingsOf(value: unknown): Record<string, Meaning> {
  const given = objectOf(value, 'mapping');
  if (given === null) return {};
  const entries = Object.entries(given);
  if (entries.length > HEADINGS_MAX) throw entitlementsErrors.declarationUnreadable('mapping');
  return Object.fromEntries(
    entries.map(([heading, field]) => {
      const key = headingKey(heading);
      if (typeof field !== 'string' || !isMeaning(field) || key === '')
        throw entitlementsErrors.declarationUnreadable('mapping');
      return [key, field];
    }),
  );
}

function objectOf(value: unknown, field: string): z.infer<typeof record> | null {
  if (value === undefined || value === null || value === '') return null;
  const parsed = record.safeParse(typeof value === 'string' ? parseJson(value) : value);
  if (!parsed.success) throw entitlementsErrors.declarationUnreadable(field);
  return parsed.data;
}

function parseJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

/** What an office calls its columns: what it taught us before, and above that what it says now. */
export function mappingOf(
  taught: readonly { readonly heading: string; readonly field: string }[],
  said: Pick<Declaration, 'headings'>,
): Map<string, Meaning> {
  const mapping = new Map<string, Meaning>();
  for (const { heading, field } of taught) if (isMeaning(field)) mapping.set(heading, field);
  for (const [heading, meaning] of Object.entries(said.headings)) mapping.set(heading, meaning);
  return mapping;
}
