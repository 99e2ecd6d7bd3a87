/** The queue of everything that is asked of a bank: its rate limit counts all of it together. */
export function bankQueueName(bankCode: string): string {
  return `bank-${bankCode}`;
}
