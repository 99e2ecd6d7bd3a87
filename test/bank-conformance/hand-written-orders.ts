/* Files of orders written by hand from the schema pain.001.001.09, sharing nothing with the adapter that writes ours. */

export interface HandWritten {
  readonly reference: string;
  /** The end of the payee's account: a mood of the sandbox bank. */
  readonly ending: string;
  readonly amount: string;
}

/** The sandbox bank's first account that pays. */
export const PAYING_ACCOUNT = '1000000001';

export function aFileOfOrders(id: string, payments: HandWritten[]): string {
  const total = payments.reduce((sum, { amount }) => sum + BigInt(amount), 0n).toString();
  const block = aBlock('B1', PAYING_ACCOUNT, payments);
  return aMessage(id, { count: payments.length, total }, [block]);
}

export function aMessage(
  id: string,
  given: { count: number; total: string },
  blocks: string[],
): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><GrpHdr><MsgId>${id}</MsgId>\
<CreDtTm>2026-11-20T08:00:00+07:00</CreDtTm><NbOfTxs>${given.count}</NbOfTxs><CtrlSum>${given.total}</CtrlSum>\
<InitgPty><Nm>SO NOI VU</Nm></InitgPty></GrpHdr>${blocks.join('\n')}</CstmrCdtTrfInitn></Document>`;
}

export function aBlock(id: string, account: string, payments: HandWritten[]): string {
  const total = payments.reduce((sum, { amount }) => sum + BigInt(amount), 0n).toString();
  const orders = payments.map(
    ({
      reference,
      ending,
      amount,
    }) => `<CdtTrfTxInf><PmtId><EndToEndId>${reference}</EndToEndId></PmtId>\
<Amt><InstdAmt Ccy="VND">${amount}</InstdAmt></Amt>\
<CdtrAgt><FinInstnId><ClrSysMmbId><MmbId>970405</MmbId></ClrSysMmbId></FinInstnId></CdtrAgt>\
<Cdtr><Nm>NGUYEN VAN VI DU</Nm></Cdtr><CdtrAcct><Id><Othr><Id>101${ending}</Id></Othr></Id></CdtrAcct>\
<RmtInf><Ustrd>NCC 11 2026</Ustrd></RmtInf></CdtTrfTxInf>`,
  );
  return `<PmtInf><PmtInfId>${id}</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>${payments.length}</NbOfTxs>\
<CtrlSum>${total}</CtrlSum><ReqdExctnDt><Dt>2026-11-20</Dt></ReqdExctnDt><Dbtr><Nm>SO NOI VU</Nm></Dbtr>\
<DbtrAcct><Id><Othr><Id>${account}</Id></Othr></Id></DbtrAcct><DbtrAgt><FinInstnId><ClrSysMmbId>\
<MmbId>970499</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>${orders.join('\n')}</PmtInf>`;
}
