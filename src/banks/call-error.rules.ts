/** How a call to a bank came to nothing, for figures: few classes, whatever words the wire and the adapters find. */
export const CALL_ERRORS = [
  'refused-connection',
  'broken-connection',
  'certificate',
  'time-out',
  'busy',
  'http-4xx',
  'http-5xx',
  'unreadable-answer',
  'other',
] as const;
export type CallError = (typeof CALL_ERRORS)[number];

/** The first that fits counts. Words are those of Node, undici, ssh2 and our own adapters. */
const WORDS: readonly (readonly [RegExp, CallError])[] = [
  [/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/, 'refused-connection'],
  [/TIMEOUT|TIMEDOUT|TimeoutError|time for the call was over|in time/, 'time-out'],
  [/ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_CLOSED|UND_ERR_DESTROYED/, 'broken-connection'],
  [/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/, 'certificate'],
  [/\b429\b/, 'busy'],
  [/\b(HTTP|answered) 4\d\d\b/, 'http-4xx'],
  [/\b(HTTP|answered) 5\d\d\b/, 'http-5xx'],
  [/\banswer\b|\bHTTP 2\d\d\b|did not speak/, 'unreadable-answer'],
];

export function callErrorOf(why: string | null): CallError {
  return WORDS.find(([words]) => words.test(why ?? ''))?.[1] ?? 'other';
}
