import ts from 'typescript';
import fc from 'fast-check';
import { notFoundIsProof } from '../../src/banks/index.js';
import { decideOutcome, type BankSays } from '../../src/payments/outcome.rules.js';
import { paymentLifecycle } from '../../src/payments/payment.lifecycle.js';
import { literalText, nodes, sourceFile, sourceFiles, type SourceFile } from './source-files.js';

/*
 * No path leads from a doubt to a resend without proof (rules 5 to 8 of never paying twice). Four doors are looked
 * at: the states that may lead there, the statements that write them, who calls the one that leaves a doubt, and
 * what a bank's word can do. The database keeps the same promise by itself (payments/ruling-promises.spec.ts).
 */

const UPDATE =
  /\bupdate\s+payment\b(?:\s+(?:as\s+)?[a-z]+)?\s+set\b([\s\S]*?)(?=\bwhere\b|\breturning\b|$)/gi;
const ASSIGNED = /(?:^|,)\s*state\s*=\s*(\S+)/gi;
/** Where a payment is away or over; whatever else a statement writes may be a state that is sent. */
const AWAY = /^'(accepted|settled|rejected|unknown|returned|cancelled)'/;

/** Where a payment is written into a state from which it is sent, or into one that only the caller knows. */
function writersOfSendable(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    [...nodes(file.tree)]
      .filter((node) => writesSendable(literalText(node) ?? ''))
      .map((node) => `${file.path} ${functionAround(node)}`),
  );
}

function writesSendable(sql: string): boolean {
  return [...sql.matchAll(UPDATE)]
    .flatMap(([, assignments = '']) => [...assignments.matchAll(ASSIGNED)])
    .some(([, value = '']) => !AWAY.test(value));
}

/** Where a name is called: `path function`. */
function callersOf(name: string, files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    callsOf(name, file).map((c) => `${file.path} ${functionAround(c)}`),
  );
}

function callsOf(name: string, file: SourceFile): ts.CallExpression[] {
  const called = new RegExp(`(^|\\.)${name}$`);
  return [...nodes(file.tree)].filter(
    (node): node is ts.CallExpression =>
      ts.isCallExpression(node) && called.test(node.expression.getText()),
  );
}

function functionAround(node: ts.Node): string {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at))
      return at.name?.getText() ?? '?';
  }
  return 'nowhere';
}

/** The text of a function or method of a file. */
function bodyOf(name: string, file: SourceFile): string {
  const found = [...nodes(file.tree)].find(
    (node) =>
      (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) &&
      node.name?.getText() === name,
  );
  return found?.getText() ?? '';
}

/** What a statement says between its `where` and its end. */
const whereOf = (body: string): string => /\bwhere\b([\s\S]*)/i.exec(body)?.[1] ?? '';

describe('no path leads from a doubt to a resend without proof', () => {
  const files = sourceFiles('src').filter(
    ({ path }) => !path.endsWith('.spec.ts') && !path.startsWith('src/migrations/'),
  );
  const file = (path: string) => files.find((f) => f.path === path) ?? sourceFile(path, '');
  const enquiring = file('src/payments/enquire-payments.ts');

  it('by the states: only "surely not sent" and a doubt lead back to be sent, and a doubt leads nowhere near', () => {
    expect(paymentLifecycle.before('ready')).toEqual(['sending', 'unknown']);
    expect(paymentLifecycle.before('sending')).toEqual(['ready']);
    expect(paymentLifecycle.before('cancelled')).toEqual(['ready']);
  });

  it('by the statements: one leaves a doubt, the others begin from what they name', () => {
    const ofPayments = files.filter(({ path }) => !path.startsWith('src/banks/sandbox/'));
    const states = Object.fromEntries(
      writersOfSendable(ofPayments).map((writer) => {
        const [path = '', name = ''] = writer.split(' ');
        const where = whereOf(bodyOf(name, file(path)));
        return [name, /\bstate\s*=\s*('[a-z]+'|m\.from_state)/.exec(where)?.[1]];
      }),
    );
    expect(states).toEqual({
      backToReady: `'unknown'`,
      leaveSending: `'sending'`,
      startSending: `'ready'`,
      // From where the payment was seen under its lock, to where a bank's word leads: see below.
      applyMoves: 'm.from_state',
    });
    expect(callersOf('applyMoves', files)).toEqual(['src/payments/record-outcomes.ts record']);
  });

  it('by the callers: only an enquiry, and only for what the bank proved never to have had', () => {
    expect(callersOf('backToReady', files)).toEqual(['src/payments/enquire-payments.ts sendAgain']);
    expect(callersOf('sendAgain', files)).toEqual(['src/payments/enquire-payments.ts record']);
    const [call] = callsOf('sendAgain', enquiring);
    const handed = (call?.arguments ?? []).map((argument) => argument.getText());
    const proven = [...nodes(enquiring.tree)].filter(
      (node): node is ts.VariableDeclaration =>
        ts.isVariableDeclaration(node) && handed.includes(node.name.getText()),
    );
    const filtered = proven.map((declaration) => declaration.initializer?.getText() ?? '');
    const filters = filtered.filter((text) => text.includes('.filter('));
    expect(filters).toHaveLength(1);
    expect(filters[0]).toContain(`answer.kind === 'not-found'`);
    expect(filters[0]).toMatch(/\.filter\(\(payment\) => provesNever\(/);
    const proof = bodyOf('provesNever', enquiring);
    expect(proof).toContain(`payment.state === 'unknown' &&`);
    expect(proof).toMatch(/&&\s*notFoundIsProof\(/);
  });

  it("by people's orders: none of them writes a payment, or knows the way back", () => {
    const orders = files.filter(({ path }) =>
      /^src\/payments\/(propose|sign|refuse|withdraw)-ruling\.ts$|^src\/payments\/ruling/.test(
        path,
      ),
    );
    expect(orders.length).toBeGreaterThanOrEqual(7);
    for (const { path, text } of orders) {
      expect([path, /update\s+payment\b|backToReady|'ready'/i.test(text)]).toEqual([path, false]);
    }
  });

  it("by a bank's word: whatever it says and whenever, a doubt never becomes sendable by it", () => {
    const kinds = ['accepted', 'settled', 'rejected', 'returned'] as const;
    const sequence = fc.option(fc.integer({ min: -1, max: 5 }), { nil: null });
    fc.assert(
      fc.property(fc.constantFrom(...kinds), sequence, sequence, (kind, known, own) => {
        const says = { kind, reason: { code: 'AC01' }, sequence: own ?? undefined } as BankSays;
        const { path } = decideOutcome({ state: 'unknown', knownSequence: known, says });
        expect(path).not.toContain('ready');
        expect(path).not.toContain('sending');
      }),
    );
  });

  it('by time: "not found" proves nothing before the window of the bank has passed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 9 }),
        fc.nat(2 * 10 ** 9),
        (windowMs, waitedMs) => {
          const enquiry = {
            intervalsMs: [1],
            acceptedAfterMs: 0,
            maxPerEnquiry: 1,
            notFoundWindowMs: windowMs,
          };
          const lastSentAt = new Date(0);
          const now = new Date(waitedMs);
          const isProof = notFoundIsProof({ lastSentAt, now, settings: { enquiry } });
          expect(isProof).toBe(waitedMs >= windowMs);
        },
      ),
    );
  });
});

describe('the search for statements that write a payment to be sent', () => {
  it.each([
    "export async function a() { await q(`update payment set changed_at = $1, state = 'ready' where id = $2`); }",
    "export async function a() { await q(`with m as (update payment p set state = 'sending' from x) select 1`); }",
    'export async function a() { await q(`update payment set state = $2 where id = $1`); }',
    'export async function a() { await q(`update payment as p set x = 1, state = m.to_state from m where 1 = 1`); }',
  ])('finds %s', (text) => {
    expect(writersOfSendable([sourceFile('src/payments/x.ts', text)])).toEqual([
      'src/payments/x.ts a',
    ]);
  });

  it.each([
    "await q(`update payment_run set state = 'ready'`);",
    "await q(`update payment set state = 'settled'`);",
    "await q(`update payment set changed_at = $1 where state = 'ready'`);",
    "await q(`select 1 from payment where state = 'ready'`);",
  ])('leaves alone %s', (text) => {
    expect(writersOfSendable([sourceFile('src/payments/x.ts', text)])).toEqual([]);
  });
});
