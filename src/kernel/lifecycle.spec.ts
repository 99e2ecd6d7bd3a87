import { InvalidValueError } from './errors.js';
import { lifecycle } from './lifecycle.js';

type State = 'draft' | 'proposed' | 'approved' | 'cancelled';
const batch = lifecycle<State>({
  name: 'batch',
  initial: 'draft',
  moves: {
    draft: ['proposed', 'cancelled'],
    proposed: ['approved', 'draft', 'cancelled'],
    approved: [],
    cancelled: [],
  },
});

describe('a lifecycle', () => {
  const made = (moves: Record<string, string[]>, initial = 'a') =>
    lifecycle({ name: 'thing', initial, moves });

  it.each([
    ['a state that nothing leads to', { a: [], b: [] }, 'b cannot be reached'],
    ['a move to itself', { a: ['a'] }, 'a moves to itself'],
    ['a move to a state that is not one', { a: ['b'] }, 'unknown state b'],
    ['a state that every object has', { a: ['toString'] }, 'unknown state toString'],
    ['one move written twice', { a: ['b', 'b'], b: [] }, 'a moves to b twice'],
  ])('refuses %s', (_, moves, rule) => {
    expect(() => made(moves)).toThrow(InvalidValueError);
    expect(() => made(moves)).toThrow(`invalid lifecycle thing: ${rule}`);
  });

  it('refuses to begin in a state that is not one', () => {
    expect(() => made({ a: [] }, 'z')).toThrow('unknown state z');
  });

  it('names every state from which one may come to another, for the where of an update', () => {
    expect(batch.before('cancelled')).toEqual(['draft', 'proposed']);
    expect(batch.before('draft')).toEqual(['proposed']);
  });

  it('allows its moves and no other', () => {
    expect(batch.can('draft', 'proposed')).toBe(true);
    expect(batch.can('draft', 'approved')).toBe(false);
    expect(() => batch.assertMove('proposed', 'approved')).not.toThrow();
    expect(() => batch.assertMove('approved', 'draft')).toThrow('no move from approved to draft');
  });

  it('agrees with itself for every pair of states', () => {
    for (const from of batch.states) {
      for (const to of batch.states) {
        expect(batch.before(to).includes(from)).toBe(batch.can(from, to));
      }
    }
  });

  it('knows where nothing follows', () => {
    expect(batch.states.filter((state) => batch.isFinal(state))).toEqual(['approved', 'cancelled']);
  });

  it('draws itself', () => {
    expect(batch.toMermaid().split('\n')).toEqual([
      'stateDiagram-v2',
      '  [*] --> draft',
      '  draft --> proposed',
      '  draft --> cancelled',
      '  proposed --> approved',
      '  proposed --> draft',
      '  proposed --> cancelled',
      '  approved --> [*]',
      '  cancelled --> [*]',
    ]);
  });
});
