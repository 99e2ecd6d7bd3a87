import sequencer from '@jest/test-sequencer';

const Sequencer = sequencer.default ?? sequencer;

/**
 * Specs that take long, the longest first: begun last, they would keep the others waiting. The order is all that counts
 * here; what the run says beside each file is what it is taken from, now and then.
 */
const SLOW = [
  'test/simulation/simulation',
  'test/chaos/',
  'test/e2e/console/tour',
  'test/bank-conformance/iso20022-file-sftp',
  'test/e2e/demo',
  'test/e2e/month.spec',
  'test/e2e/kill/killed-worker',
  'test/borders/endpoints',
  'test/simulation/planted-bugs',
  'test/e2e/platform/command-line',
  'test/operations/restore',
  'test/e2e/platform/operating',
  'src/entitlements/unreadable-list',
  'test/operations/',
  'test/bench/',
  'test/bank-conformance/',
  'test/e2e/',
  'test/borders/',
  'test/architecture/',
];

/** Jest's own order, but what is known to be slow goes first: a fresh clone has no record of how long specs take. */
export default class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = SLOW.findIndex((part) => path.includes(part));
      return at < 0 ? SLOW.length : at;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
}
