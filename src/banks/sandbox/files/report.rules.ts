import { createHash } from 'node:crypto';
import type { Conduct } from '../conduct.js';
import { broken } from './breakages.js';
import type { Fault } from './read-orders.js';
import {
  writeStatusReport,
  type Said,
  type StatusReport,
  type Verdict,
} from './write-status-report.js';

export interface SentMessage {
  readonly id: string;
  readonly count: number;
  readonly total: string;
}

/** What there is to say of one message, all of it due together. */
export interface ToSay {
  readonly message: SentMessage;
  /** `first`: what became of the orders when the file was taken in. */
  readonly phase: 'first' | 'later';
  readonly said: readonly Said[];
  readonly refusedBlocks?: readonly (Fault & { readonly blockId: string })[];
}

export interface PlannedFile {
  readonly name: string;
  readonly content: string;
  readonly afterMs: number;
}

const PARTS = 3;
/** The same word for all orders stands at the level of the message as well. */
const GROUP_WORDS = ['ACSP', 'ACCC', 'RJCT'];

/** The file has the right form and is being worked on: not yet a word about any payment. */
export function acknowledgement(message: SentMessage, at: Date): PlannedFile {
  const id = idOf('ack', message.id);
  const report = { id, madeAt: at, message, group: { status: 'ACTC' }, said: [] };
  return { name: nameOf(report, 'ACK'), content: writeStatusReport(report), afterMs: 0 };
}

/** Nothing of the file was taken in. */
export function refusal(
  given: { messageId: string | null; fault: Fault; sha256: string },
  at: Date,
): PlannedFile {
  const { code, text } = given.fault;
  const report: StatusReport = {
    id: idOf('refusal', `${given.sha256} ${code}`),
    madeAt: at,
    message: { id: given.messageId ?? 'NOTPROVIDED' },
    group: { status: 'RJCT', reasonCode: code, text },
    said: [],
  };
  return { name: nameOf(report, 'RPT'), content: writeStatusReport(report), afterMs: 0 };
}

/** The files that say it, in the way the bank behaves now. */
export function planReports(
  toSay: ToSay,
  given: { conduct: Conduct; at: Date; twice: boolean },
): PlannedFile[] {
  const { conduct, at } = given;
  const right = reportOf(toSay, at);
  const file = (report: StatusReport, afterMs = 0, change = (xml: string) => xml): PlannedFile => ({
    name: nameOf(report, 'RPT'),
    content: change(writeStatusReport(report)),
    afterMs,
  });
  const planned = file(right);
  switch (conduct.reports) {
    case 'none':
      return [];
    case 'whole':
      return given.twice ? [planned, again(planned, 2)] : [planned];
    case 'late':
      return [file(right, conduct.laterMs)];
    case 'partial':
      return partsOf(toSay).map((part, k) => file(reportOf(part, at), k * conduct.laterMs));
    case 'doubled':
      return [planned, again(planned, 2), file({ ...right, id: idOf('again', right.id) })];
    case 'reordered': {
      const waits = toSay.phase === 'first' ? conduct.settleAfterMs + 2 * conduct.laterMs : 0;
      return [file({ ...right, said: [...right.said].reverse() }, waits)];
    }
    case 'broken':
      return [
        ...conduct.breakages.map((breakage, k) =>
          again({ ...planned, content: broken(planned.content, breakage) }, k + 2),
        ),
        { ...planned, afterMs: conduct.laterMs },
      ];
    case 'group-only':
      return [file({ ...right, said: [], counted: right.said })];
  }
}

function reportOf(toSay: ToSay, at: Date): StatusReport {
  const { message, said, refusedBlocks = [] } = toSay;
  const facts = said.map(({ reference, status, reasonCode }) => [reference, status, reasonCode]);
  return {
    id: idOf(`${toSay.phase} ${message.id}`, JSON.stringify([facts, refusedBlocks])),
    madeAt: at,
    message,
    group: groupOf(toSay),
    blocks: refusedBlocks.map(({ blockId, code, text }) => ({
      id: blockId,
      status: 'RJCT',
      reasonCode: code,
      text,
    })),
    said,
  };
}

/** Said of the message as a whole only when it is said of every order in it. */
function groupOf({ message, said, phase, refusedBlocks = [] }: ToSay): Verdict | undefined {
  if (refusedBlocks.length > 0 && said.length === 0) {
    return { status: 'RJCT', reasonCode: refusedBlocks[0]?.code };
  }
  const words = new Set(said.map(({ status }) => status));
  const [only = ''] = words;
  if (said.length === message.count && words.size === 1 && GROUP_WORDS.includes(only)) {
    return { status: only, reasonCode: said[0]?.reasonCode };
  }
  return phase === 'first' ? { status: 'PART' } : undefined;
}

function partsOf(toSay: ToSay): ToSay[] {
  const size = Math.ceil(toSay.said.length / PARTS);
  const parts = Array.from({ length: PARTS }, (_, k) => toSay.said.slice(k * size, (k + 1) * size));
  return parts
    .filter((said, k) => said.length > 0 || (k === 0 && toSay.refusedBlocks !== undefined))
    .map((said, k) => ({
      ...toSay,
      said,
      phase: 'later',
      refusedBlocks: k === 0 ? toSay.refusedBlocks : undefined,
    }));
}

const again = (file: PlannedFile, copy: number): PlannedFile => ({
  ...file,
  name: file.name.replace(/\.xml$/, `.${copy}.xml`),
});

/** Derived, not drawn: the same facts have the same report in every run. */
function idOf(kind: string, of: string): string {
  return `R${createHash('sha256').update(`${kind} ${of}`).digest('hex').slice(0, 24).toUpperCase()}`;
}

function nameOf(report: StatusReport, kind: string): string {
  const message = report.message.id.replace(/[^A-Za-z0-9-]/g, '_');
  return `PAIN002.${message}.${kind}${report.id.slice(1, 9)}.xml`;
}
