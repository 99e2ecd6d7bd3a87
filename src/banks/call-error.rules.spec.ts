import { callErrorOf } from './call-error.rules.js';

describe('how a call came to nothing', () => {
  it.each([
    ['ECONNREFUSED', 'refused-connection'],
    ['UND_ERR_CONNECT_TIMEOUT', 'time-out'],
    ['TimeoutError: The operation was aborted due to timeout', 'time-out'],
    ['the time for the call was over', 'time-out'],
    ['Error: the bank did not answer in time', 'time-out'],
    ['UND_ERR_SOCKET', 'broken-connection'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['HTTP 429 nothing-accepted', 'busy'],
    ['HTTP 401 without the promise of nothing-accepted', 'http-4xx'],
    ['the gateway answered 404', 'http-4xx'],
    ['HTTP 503', 'http-5xx'],
    ['HTTP 200, but not readable JSON', 'unreadable-answer'],
    ['the answer leaves this reference out', 'unreadable-answer'],
    ['the bank did not speak of it', 'unreadable-answer'],
    ['something new', 'other'],
    [null, 'other'],
  ])('%s is %s', (why, is) => {
    expect(callErrorOf(why)).toBe(is);
  });
});
