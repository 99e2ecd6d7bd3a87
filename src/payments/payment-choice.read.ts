import { isPayeeFoundBy } from '../beneficiaries/index.js';
import { UNFINISHED_STATES, type PaymentState } from './payment.lifecycle.js';

/** Which payments a list is about. */
export interface PaymentChoice {
  readonly states?: readonly PaymentState[];
  readonly runId?: string;
  readonly batchId?: string;
  readonly bankCode?: string;
  /** BIN of the bank that keeps the payee's account. */
  readonly payeeBank?: string;
  readonly communeCode?: string;
  readonly programme?: string;
  readonly period?: string;
  /** Budget month, `yyyy-mm`: of which month's money it is paid. */
  readonly month?: string;
  /** With a month: from that one to this, both included. */
  readonly monthTo?: string;
  readonly fund?: string;
  readonly reasonCode?: string;
  readonly beneficiaryId?: string;
  readonly entitlementId?: string;
  readonly reference?: string;
  /** A name, personal number or account, as an officer types it. */
  readonly search?: string;
}

export interface Narrowed extends PaymentChoice {
  readonly people?: readonly string[];
  readonly months?: readonly string[];
}

export const isGiven = (value: unknown): boolean => value !== undefined;

export const isOfRuns = (choice: Narrowed): boolean =>
  [choice.runId, choice.batchId, choice.programme, choice.period, choice.month, choice.months].some(
    isGiven,
  ) || isUnderWay(choice);

/** A run is finished when nothing of it is under way. */
const isUnderWay = ({ states }: PaymentChoice): boolean =>
  states?.every((state) => UNFINISHED_STATES.includes(state)) ?? false;

export function runsChosen(choice: Narrowed, parameter: Parameter): string {
  const conditions = equalTo(
    {
      'r.id': choice.runId,
      'r.batch_id': choice.batchId,
      'r.programme': choice.programme,
      'r.period': choice.period,
    },
    parameter,
  );
  conditions.push(...inMonths(choice, 'a.budget_month', parameter));
  if (choice.months) conditions.push(`a.budget_month = any(${parameter(choice.months)})`);
  if (isUnderWay(choice)) conditions.push(`r.state <> 'finished'`);
  const isOfMonths = isGiven(choice.month) || isGiven(choice.months);
  const approvals = isOfMonths ? 'join approval_view a using (approval_id)' : '';
  return `payment_run r ${approvals} where ${conditions.join(' and ')}`;
}

/** What stands aside of the straight way: rare, and found by an index. */
export const ASIDE: readonly PaymentState[] = ['unknown', 'rejected', 'returned', 'cancelled'];

/** What is meant, as a condition on `payment p` with its parameters. */
export function chosen(choice: Narrowed) {
  const told = statement({
    ...ownOf(choice),
    'p.run_id': choice.runId,
    'p.programme': choice.programme,
    'p.period': choice.period,
  });
  const { conditions, parameters, parameter } = told;
  conditions.push(...inMonths(choice, 'p.budget_month', parameter));
  if (choice.batchId !== undefined) {
    const batch = parameter(choice.batchId);
    conditions.push(`p.run_id = (select r.id from payment_run r where r.batch_id = ${batch})`);
  }
  conditions.push(...looked(choice, parameter));
  return { where: conditions.join(' and '), parameters, parameter };
}

/** The same by way of the runs: for those that add up all of few. */
export function chosenOfRuns(choice: PaymentChoice): { where: string; parameters: unknown[] } {
  const { conditions, parameters, parameter } = statement(ownOf(choice));
  if (isOfRuns(choice)) {
    const runs = runsChosen(choice, parameter);
    conditions.push(`p.run_id in (select r.id from ${runs})`);
  }
  conditions.push(...looked(choice, parameter));
  return { where: conditions.join(' and '), parameters };
}

export const ownOf = (choice: PaymentChoice): Given => ({
  'p.bank_code': choice.bankCode,
  'p.bank_bin': choice.payeeBank,
  'p.commune_code': choice.communeCode,
  'p.fund': choice.fund,
  'p.reason_code': choice.reasonCode,
  'p.beneficiary_id': choice.beneficiaryId,
});

/** What has its key over all months: found there, and then in the month that it lies in. */
export function keyed({ entitlementId, reference }: PaymentChoice, parameter: Parameter): string[] {
  const of = (condition: string) =>
    `p.id in (select k.payment_id from payment_key k where ${condition})`;
  return [
    ...(reference === undefined ? [] : [of(`k.reference = ${parameter(reference)}`)]),
    ...(entitlementId === undefined
      ? []
      : [of(`k.entitlement_id = ${parameter(entitlementId)} and (k.is_live or not k.is_live)`)]),
  ];
}

// Literals, because the indexes of the rare states are partial: parameters would not be known to fit them.
function looked(choice: Narrowed, parameter: Parameter): string[] {
  const { states, search, people } = choice;
  return [
    ...keyed(choice, parameter),
    ...(states ? [standsIn(states)] : []),
    ...(people === undefined ? [] : [`p.beneficiary_id = any(${parameter(people)}::uuid[])`]),
    ...(search === undefined ? [] : [isPayeeFoundBy(search, 'p.beneficiary_id', parameter)]),
  ];
}

function standsIn(states: readonly PaymentState[]): string {
  const column = states.every((state) => ASIDE.includes(state)) ? 'p.aside' : 'p.state';
  return `${column} in (${states.map((state) => `'${state}'`).join(', ')})`;
}

function inMonths(choice: PaymentChoice, column: string, parameter: Parameter): string[] {
  const { month, monthTo = month } = choice;
  if (month === undefined || monthTo === undefined) return [];
  if (month === monthTo) return [`${column} = ${parameter(month)}`];
  return [`${column} between ${parameter(month)} and ${parameter(monthTo)}`];
}

export type Parameter = (value: unknown) => string;

type Given = Readonly<Record<string, string | undefined>>;

/** Only what is given stands in the statement. */
export function statement(given: Given) {
  const parameters: unknown[] = [];
  const parameter: Parameter = (value) => `$${parameters.push(value)}`;
  return { conditions: equalTo(given, parameter), parameters, parameter };
}

const equalTo = (given: Given, parameter: Parameter): string[] => [
  'true',
  ...Object.entries(given).flatMap(([column, value]) =>
    value === undefined ? [] : [`${column} = ${parameter(value)}`],
  ),
];
