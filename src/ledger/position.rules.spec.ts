import { Money } from '../kernel/index.js';
import { addsUp } from './position.rules.js';

const vnd = (amount: string): Money => Money.of(amount);
const position = {
  ...{ fund: 'NSDP', period: '2026', allotted: vnd('100'), available: vnd('40') },
  ...{ reserved: vnd('30'), inTransit: vnd('20'), paid: vnd('10'), returned: vnd('5') },
};

describe('a fund', () => {
  it('does not add up when a đồng is missing, or one too many is there', () => {
    expect(addsUp({ ...position, paid: vnd('9') })).toBe(false);
    expect(addsUp({ ...position, available: vnd('41') })).toBe(false);
  });

  it('adds up over what is available, reserved, on its way and paid; what came back is no part of it', () => {
    expect(addsUp(position)).toBe(true);
    expect(addsUp({ ...position, returned: vnd('0') })).toBe(true);
  });
});
