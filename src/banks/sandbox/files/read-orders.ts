import type { Order } from '../sandbox-wire.js';
import { Unreadable, walkXml } from './xml-walk.js';

/*
 * A customer credit transfer initiation as this bank reads it, from the schema pain.001.001.09 and its own rules:
 * counts and control sums at both levels, whole đồng, an EndToEndId once in a file, payees by clearing member id.
 */

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const MOST_ORDERS = 200_000;
const ID = /^[\x21-\x7e]{1,35}$/;
const NAME = /^[A-Za-z0-9/\-?:().,'+ ]{1,70}$/;
const AMOUNT = /^[1-9]\d{0,17}$/;

export interface OrderBlock {
  readonly id: string;
  readonly debtorAccount: string;
  readonly orders: readonly Order[];
  /** The bank takes nothing of a block with a fault; the file's other blocks go their way. */
  readonly fault?: Fault;
}

export interface OrderFile {
  readonly messageId: string;
  readonly count: number;
  readonly total: string;
  readonly blocks: readonly OrderBlock[];
}

/** A code of ExternalStatusReason1Code, and words. */
export interface Fault {
  readonly code: string;
  readonly text: string;
}

/** Nothing of the file is taken in. */
export class FileRefused extends Error {
  constructor(
    readonly messageId: string | null,
    readonly fault: Fault,
  ) {
    super(`${fault.code} ${fault.text}`);
  }
}

/** @throws FileRefused */
export async function readOrders(
  bytes: AsyncIterable<Uint8Array>,
  known: { accounts: readonly string[] },
): Promise<OrderFile> {
  const reading = new Reading(known.accounts);
  try {
    await walkXml(bytes, { namespace: NAMESPACE, walker: reading });
  } catch (error) {
    if (error instanceof Unreadable) throw reading.refused('FF01', error.message);
    throw error;
  }
  return reading.whole();
}

type Fields = Map<string, string>;

class Reading {
  private header: Fields = new Map();
  private blocks: OrderBlock[] = [];
  private block: { fields: Fields; orders: Order[] } = { fields: new Map(), orders: [] };
  private order: Fields = new Map();
  private readonly references = new Set<string>();
  private readonly blockIds = new Set<string>();

  constructor(private readonly accounts: readonly string[]) {}

  opened(path: string): void {
    const [document, part] = path.split('/');
    if (document !== '' && document !== 'CstmrCdtTrfInitn') {
      throw this.refused('FF01', `no credit transfer initiation but ${document}`);
    }
    if (part === 'PmtInf' && !this.header.has('MsgId')) throw this.refused('FF01', 'no MsgId');
  }

  closed(path: string, text: string, attributes: Readonly<Record<string, string>>): void {
    const [, part, ...rest] = path.split('/');
    if (part === 'GrpHdr') this.keep(this.header, rest, text);
    if (part !== 'PmtInf') return;
    if (rest.length === 0) this.endBlock();
    else if (rest[0] !== 'CdtTrfTxInf') this.keep(this.block.fields, rest, text);
    else if (rest.length === 1) this.endOrder();
    else {
      this.keep(this.order, rest.slice(1), text);
      if (attributes.Ccy !== undefined) this.order.set('Ccy', attributes.Ccy);
    }
  }

  whole(): OrderFile {
    const { header, blocks } = this;
    this.need(header, ['MsgId', 'CreDtTm', 'NbOfTxs', 'CtrlSum', 'InitgPty/Nm']);
    const orders = blocks.flatMap((block) => block.orders);
    if (header.get('NbOfTxs') !== String(orders.length)) {
      throw this.refused('AM18', `NbOfTxs of the file is not ${orders.length}`);
    }
    const total = sumOf(orders);
    if (header.get('CtrlSum') !== total) {
      throw this.refused('AM10', `CtrlSum of the file is not ${total}`);
    }
    return { messageId: header.get('MsgId') ?? '', count: orders.length, total, blocks };
  }

  refused(code: string, text: string): FileRefused {
    const id = this.header.get('MsgId');
    return new FileRefused(id !== undefined && ID.test(id) ? id : null, { code, text });
  }

  private keep(fields: Fields, path: readonly string[], text: string): void {
    const key = path.join('/');
    if (key !== '' && text !== '') fields.set(key, text);
  }

  private need(fields: Fields, keys: readonly string[]): void {
    const missing = keys.find((key) => !fields.has(key));
    if (missing !== undefined) throw this.refused('FF01', `${missing} is missing`);
  }

  private endOrder(): void {
    const { order } = this;
    this.order = new Map();
    this.need(order, [
      'PmtId/EndToEndId',
      'Amt/InstdAmt',
      'CdtrAgt/FinInstnId/ClrSysMmbId/MmbId',
      'Cdtr/Nm',
      'CdtrAcct/Id/Othr/Id',
    ]);
    const reference = order.get('PmtId/EndToEndId') ?? '';
    const amount = order.get('Amt/InstdAmt') ?? '';
    const bankBin = order.get('CdtrAgt/FinInstnId/ClrSysMmbId/MmbId') ?? '';
    const accountNumber = order.get('CdtrAcct/Id/Othr/Id') ?? '';
    const accountName = order.get('Cdtr/Nm') ?? '';
    if (!ID.test(reference)) throw this.refused('FF01', 'an EndToEndId is not of the form');
    if (this.references.has(reference)) throw this.refused('DU04', `${reference} stands twice`);
    if (order.get('Ccy') !== 'VND') throw this.refused('AM03', `${reference} is not in VND`);
    if (!AMOUNT.test(amount)) throw this.refused('AM12', `${reference}: no amount in whole dong`);
    if (!/^\d{6}$/.test(bankBin)) throw this.refused('RC04', `${reference}: MmbId is no BIN`);
    if (!/^[0-9A-Za-z]{6,19}$/.test(accountNumber)) {
      throw this.refused('AC03', `${reference}: the account is not of the form`);
    }
    if (!NAME.test(accountName)) throw this.refused('CH16', `${reference}: letters of the name`);
    this.references.add(reference);
    if (this.references.size > MOST_ORDERS) throw this.refused('AM19', 'too many orders');
    const creditor = { bankBin, accountNumber, accountName };
    const narrative = order.get('RmtInf/Ustrd') ?? '';
    this.block.orders.push({ reference, amount, currency: 'VND', creditor, narrative });
  }

  private endBlock(): void {
    const { fields, orders } = this.block;
    this.block = { fields: new Map(), orders: [] };
    this.need(fields, [
      'PmtInfId',
      'PmtMtd',
      'NbOfTxs',
      'CtrlSum',
      'ReqdExctnDt/Dt',
      'Dbtr/Nm',
      'DbtrAcct/Id/Othr/Id',
    ]);
    const id = fields.get('PmtInfId') ?? '';
    if (!ID.test(id)) throw this.refused('FF01', 'a PmtInfId is not of the form');
    if (this.blockIds.has(id)) throw this.refused('DU02', `block ${id} stands twice`);
    this.blockIds.add(id);
    if (fields.get('PmtMtd') !== 'TRF') throw this.refused('FF01', 'PmtMtd is not TRF');
    const debtorAccount = fields.get('DbtrAcct/Id/Othr/Id') ?? '';
    this.blocks.push({ id, debtorAccount, orders, fault: this.faultOf(fields, orders) });
  }

  private faultOf(fields: Fields, orders: readonly Order[]): Fault | undefined {
    if (fields.get('NbOfTxs') !== String(orders.length)) {
      return { code: 'AM18', text: `NbOfTxs is not ${orders.length}` };
    }
    if (fields.get('CtrlSum') !== sumOf(orders)) {
      return { code: 'AM10', text: `CtrlSum is not ${sumOf(orders)}` };
    }
    if (!this.accounts.includes(fields.get('DbtrAcct/Id/Othr/Id') ?? '')) {
      return { code: 'AC02', text: 'Tai khoan nguon khong ton tai' };
    }
    return undefined;
  }
}

function sumOf(orders: readonly Order[]): string {
  return orders.reduce((sum, order) => sum + BigInt(order.amount), 0n).toString();
}
