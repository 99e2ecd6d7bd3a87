import { blockIdOf } from '../../src/banks/adapters/iso20022-file/payment-blocks.js';

/** What a bank says at one level; `own` is a reason of its own (Prtry). */
export interface Verdict {
  readonly status?: string;
  readonly code?: string;
  readonly own?: string;
  readonly text?: string;
  readonly count?: string;
  readonly sum?: string;
  /** Payments below it by their status (NbOfTxsPerSts). */
  readonly tally?: Readonly<Record<string, string>>;
}

export interface SaidRow extends Verdict {
  readonly reference?: string;
  readonly instruction?: string;
  /** With its currency: `VND 1000`. */
  readonly amount?: string;
  readonly at?: string;
  readonly bankReference?: string;
}

export interface SaidReport {
  readonly answers: string;
  readonly madeAt?: string;
  readonly about?: string;
  readonly group?: Verdict;
  readonly blocks?: readonly (Verdict & {
    readonly fund?: string;
    readonly id?: string;
    readonly rows?: readonly SaidRow[];
  })[];
}

const tag = (name: string, inside: string | undefined): string =>
  inside === undefined ? '' : `<${name}>${inside}</${name}>`;

const reason = ({ code, own, text }: Verdict): string => {
  if (code === undefined && own === undefined && text === undefined) return '';
  const said = tag('Cd', code) + tag('Prtry', own);
  return tag('StsRsnInf', tag('Rsn', said === '' ? undefined : said) + tag('AddtlInf', text));
};

const counts = ({ count, sum }: Verdict): string =>
  tag('OrgnlNbOfTxs', count) + tag('OrgnlCtrlSum', sum);

const tallies = ({ tally = {} }: Verdict): string =>
  Object.entries(tally)
    .map(([status, count]) =>
      tag('NbOfTxsPerSts', tag('DtldNbOfTxs', count) + tag('DtldSts', status)),
    )
    .join('');

function row(said: SaidRow): string {
  const [currency, amount] = said.amount?.split(' ') ?? [];
  return tag(
    'TxInfAndSts',
    tag('OrgnlInstrId', said.instruction) +
      tag('OrgnlEndToEndId', said.reference) +
      tag('TxSts', said.status) +
      reason(said) +
      tag('AccptncDtTm', said.at) +
      tag('AcctSvcrRef', said.bankReference) +
      (amount === undefined
        ? ''
        : tag('OrgnlTxRef', tag('Amt', `<InstdAmt Ccy="${currency}">${amount}</InstdAmt>`))),
  );
}

/** A status report as a bank writes it, every element on a line of its own. */
export function statusReport(said: SaidReport): string {
  const { group = {}, blocks = [] } = said;
  const report = [
    tag('GrpHdr', tag('MsgId', 'BANK-1') + tag('CreDtTm', said.madeAt ?? '2026-11-21T08:00:00')),
    tag(
      'OrgnlGrpInfAndSts',
      tag('OrgnlMsgId', said.answers) +
        tag('OrgnlMsgNmId', said.about ?? 'pain.001.001.09') +
        counts(group) +
        tag('GrpSts', group.status) +
        reason(group) +
        tallies(group),
    ),
    ...blocks.map(({ fund, id, rows = [], ...verdict }) =>
      tag(
        'OrgnlPmtInfAndSts',
        [
          tag('OrgnlPmtInfId', id ?? blockIdOf(said.answers, fund ?? 'NSTW_NCC')) +
            counts(verdict) +
            tag('PmtInfSts', verdict.status) +
            reason(verdict) +
            tallies(verdict),
          ...rows.map(row),
        ].join('\n'),
      ),
    ),
  ].join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
${report}
</CstmrPmtStsRpt></Document>`;
}
