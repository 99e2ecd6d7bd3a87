import type { BookedEntry } from '../books.read.js';
import { REASON_TEXTS } from '../moods.js';
import { bankDay, bankTime, documentOf, type Element } from './bank-xml.js';
import { entryRef, type AccountStatement } from './statement-words.js';

/** camt.053.001.08: a statement for each account. */
export function writeCamt053(given: {
  id: string;
  madeAt: Date;
  statements: readonly AccountStatement[];
}): string {
  return documentOf('camt.053.001.08', 'BkToCstmrStmt', [
    header(given),
    ...given.statements.map((statement) => statementOf(statement, given.madeAt)),
  ]);
}

/** camt.054.001.08: what was booked on one account, told at once. */
export function writeCamt054(given: {
  id: string;
  madeAt: Date;
  account: string;
  entries: readonly BookedEntry[];
}): string {
  return documentOf('camt.054.001.08', 'BkToCstmrDbtCdtNtfctn', [
    header(given),
    [
      'Ntfctn',
      [
        ['Id', given.id],
        ['CreDtTm', bankTime(given.madeAt)],
        accountOf(given.account),
        ...given.entries.map(entryOf),
      ],
    ],
  ]);
}

function header(given: { id: string; madeAt: Date }): Element {
  return [
    'GrpHdr',
    [
      ['MsgId', given.id],
      ['CreDtTm', bankTime(given.madeAt)],
    ],
  ];
}

function statementOf(statement: AccountStatement, madeAt: Date): Element {
  return [
    'Stmt',
    [
      ['Id', statement.id],
      ['CreDtTm', bankTime(madeAt)],
      [
        'FrToDt',
        [
          ['FrDtTm', `${statement.from}T00:00:00+07:00`],
          ['ToDtTm', `${statement.to}T23:59:59+07:00`],
        ],
      ],
      accountOf(statement.account),
      balance('OPBD', statement.opening, statement.from),
      balance('CLBD', statement.closing, statement.to),
      ...statement.entries.map(entryOf),
    ],
  ];
}

function accountOf(account: string): Element {
  return [
    'Acct',
    [
      ['Id', [['Othr', [['Id', account]]]]],
      ['Ccy', 'VND'],
    ],
  ];
}

function balance(code: 'OPBD' | 'CLBD', amount: string, day: string): Element {
  return [
    'Bal',
    [
      ['Tp', [['CdOrPrtry', [['Cd', code]]]]],
      ['Amt Ccy="VND"', amount],
      ['CdtDbtInd', 'CRDT'],
      ['Dt', [['Dt', day]]],
    ],
  ];
}

function entryOf(entry: BookedEntry): Element {
  const side = entry.direction === 'debit' ? 'DBIT' : 'CRDT';
  return [
    'Ntry',
    [
      ['NtryRef', entryRef(entry.entryId)],
      ['Amt Ccy="VND"', entry.amount],
      ['CdtDbtInd', side],
      ['Sts', [['Cd', 'BOOK']]],
      ['BookgDt', [['DtTm', bankTime(entry.bookedAt)]]],
      ['ValDt', [['Dt', bankDay(entry.bookedAt)]]],
      ['AcctSvcrRef', entryRef(entry.entryId)],
      transactionCode(side === 'DBIT' ? ['ICDT', 'DMCT'] : ['RCDT', 'RRTN']),
      [
        'NtryDtls',
        [
          [
            'TxDtls',
            [
              [
                'Refs',
                [
                  ['AcctSvcrRef', entry.bankReference],
                  ['EndToEndId', entry.reference],
                ],
              ],
              ['Amt Ccy="VND"', entry.amount],
              ['CdtDbtInd', side],
              returnOf(entry),
            ],
          ],
        ],
      ],
    ],
  ];
}

function transactionCode([family, sub]: readonly [string, string]): Element {
  return [
    'BkTxCd',
    [
      [
        'Domn',
        [
          ['Cd', 'PMNT'],
          [
            'Fmly',
            [
              ['Cd', family],
              ['SubFmlyCd', sub],
            ],
          ],
        ],
      ],
    ],
  ];
}

function returnOf(entry: BookedEntry): Element | undefined {
  const code = entry.returnReasonCode;
  if (code === null) return undefined;
  const words = REASON_TEXTS[code];
  return [
    'RtrInf',
    [['Rsn', [['Cd', code]]], words === undefined ? undefined : ['AddtlInf', words]],
  ];
}
