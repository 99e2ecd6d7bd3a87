import sequencer from '@jest/test-sequencer';

const Sequencer = sequencer.default ?? sequencer;

/** Specs that take minutes, mostly waiting for real processes: begun last, they would keep the others waiting. */
const SLOW = [
  'test/chaos/',
  'test/bank-conformance/iso20022',
  'test/simulation/',
  'test/borders/endpoints',
  'test/e2e/',
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
