/** What a bank's program can do to a report before somebody notices and lays out the right one. */
export const BREAKAGES = [
  'truncated',
  'doctype',
  'wrong-namespace',
  'wrong-sum',
  'unknown-words',
  'other-amount',
] as const;

export type Breakage = (typeof BREAKAGES)[number];

const BOMB = `<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`;

/** Breaks a report that was right. The words and sums that are broken stay of the right form. */
export function broken(xml: string, breakage: Breakage): string {
  switch (breakage) {
    case 'truncated':
      return xml.slice(0, Math.floor(xml.length * 0.6));
    case 'doctype':
      return xml.replace('?>\n', `?>\n${BOMB}\n`);
    case 'wrong-namespace':
      return xml.replace('pain.002.001.10', 'pain.002.001.03');
    case 'wrong-sum':
      return xml
        .replace(/<DtldNbOfTxs>(\d+)</, (_, count: string) => `<DtldNbOfTxs>${Number(count) + 1}<`)
        .replace(/<OrgnlCtrlSum>\d+</g, '<OrgnlCtrlSum>1<');
    case 'unknown-words':
      return xml
        .replace(/<TxSts>\w+</g, '<TxSts>GOOD<')
        .replace(/<(GrpSts|PmtInfSts)>\w+</g, '<$1>FINE<');
    case 'other-amount':
      return xml.replace(/(<InstdAmt Ccy="VND">)(\d+)</g, '$1$20<');
  }
}
