import { REASON_TEXTS } from '../moods.js';
import { bankTime, documentOf, type Element } from './bank-xml.js';

/** What the bank says of one order. */
export interface Said {
  readonly blockId: string;
  readonly reference: string;
  readonly status: string;
  readonly reasonCode?: string;
  readonly amount: string;
  readonly bankReference?: string;
  readonly at: Date;
}

/** What the bank says of a message, its blocks and its orders; a level may be silent. */
export interface StatusReport {
  readonly id: string;
  readonly madeAt: Date;
  readonly message: { readonly id: string; readonly count?: number; readonly total?: string };
  readonly group?: Verdict;
  readonly blocks?: readonly (Verdict & { readonly id: string })[];
  readonly said: readonly Said[];
  /** Counted by word, where it is not what is said one by one. */
  readonly counted?: readonly Said[];
}

export interface Verdict {
  readonly status?: string;
  readonly reasonCode?: string;
  readonly text?: string;
}

/** pain.002.001.10 */
export function writeStatusReport(report: StatusReport): string {
  const { message, group } = report;
  const blockIds = new Set([
    ...(report.blocks ?? []).map(({ id }) => id),
    ...report.said.map(({ blockId }) => blockId),
  ]);
  return documentOf('pain.002.001.10', 'CstmrPmtStsRpt', [
    [
      'GrpHdr',
      [
        ['MsgId', report.id],
        ['CreDtTm', bankTime(report.madeAt)],
        ['DbtrAgt', [['FinInstnId', [['Nm', 'NGAN HANG THU NGHIEM']]]]],
      ],
    ],
    [
      'OrgnlGrpInfAndSts',
      [
        ['OrgnlMsgId', message.id],
        ['OrgnlMsgNmId', 'pain.001.001.09'],
        optional('OrgnlNbOfTxs', message.count?.toString()),
        optional('OrgnlCtrlSum', message.total),
        optional('GrpSts', group?.status),
        reason(group),
        ...countsOf(report.counted ?? report.said),
      ],
    ],
    ...[...blockIds].map((id) => blockOf(report, id)),
  ]);
}

function blockOf(report: StatusReport, id: string): Element {
  const verdict = report.blocks?.find((block) => block.id === id);
  return [
    'OrgnlPmtInfAndSts',
    [
      ['OrgnlPmtInfId', id],
      optional('PmtInfSts', verdict?.status),
      reason(verdict),
      ...report.said.filter(({ blockId }) => blockId === id).map((each) => orderOf(each)),
    ],
  ];
}

function orderOf(said: Said): Element {
  return [
    'TxInfAndSts',
    [
      ['OrgnlEndToEndId', said.reference],
      ['TxSts', said.status],
      reason(said),
      ['AccptncDtTm', bankTime(said.at)],
      optional('AcctSvcrRef', said.bankReference),
      ['OrgnlTxRef', [['Amt', [['InstdAmt Ccy="VND"', said.amount]]]]],
    ],
  ];
}

function reason(verdict: Verdict | undefined): Element | undefined {
  if (verdict?.reasonCode === undefined) return undefined;
  const text = verdict.text ?? REASON_TEXTS[verdict.reasonCode];
  return ['StsRsnInf', [['Rsn', [['Cd', verdict.reasonCode]]], optional('AddtlInf', text)]];
}

function countsOf(said: readonly Said[]): Element[] {
  const counts = new Map<string, { count: number; sum: bigint }>();
  for (const { status, amount } of said) {
    const so = counts.get(status) ?? { count: 0, sum: 0n };
    counts.set(status, { count: so.count + 1, sum: so.sum + BigInt(amount) });
  }
  return [...counts].map(([status, { count, sum }]) => [
    'NbOfTxsPerSts',
    [
      ['DtldNbOfTxs', String(count)],
      ['DtldSts', status],
      ['DtldCtrlSum', sum.toString()],
    ],
  ]);
}

function optional(name: string, text: string | undefined): Element | undefined {
  return text === undefined ? undefined : [name, text.slice(0, 105)];
}
