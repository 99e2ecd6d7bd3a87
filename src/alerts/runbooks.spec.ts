import { ALERT_RULES } from './alert.rules.js';
import { parseRunbooks, runbooks, runbookOf } from './runbooks.js';

describe('the runbooks', () => {
  it('have a whole section for every rule', () => {
    const all = runbooks();
    expect(Object.keys(all).sort()).toEqual([...ALERT_RULES].sort());
    for (const { means, engineers } of Object.values(all)) {
      expect(means.length).toBeGreaterThan(20);
      expect(engineers.length).toBeGreaterThan(40);
    }
  });

  it('name commands that there are', () => {
    const named = Object.values(runbooks()).flatMap(({ engineers }) =>
      [...engineers.matchAll(/`cli ([a-z -]+?)(?: --[a-z].*?)?`/g)].map(([, command]) => command),
    );
    expect(new Set(named)).toEqual(
      new Set([
        ...['after-restore', 'audit verify', 'ledger verify', 'notices replay', 'queues ring'],
        'status',
      ]),
    );
  });

  it('are refused without a section, without a line of one, and with one of no rule', () => {
    expect(() => parseRunbooks('# Runbooks')).toThrow('a rule without its runbook');
    const one = '## payments-failed\n- Nghĩa là: x\n- Xem: x\n- Làm: x\n- Báo lên: x\n';
    expect(() => parseRunbooks(one)).toThrow('"part":"engineers"');
    expect(() => parseRunbooks('## nothing\n')).toThrow('a runbook of no rule');
  });

  it('are linked by the rule', () => {
    expect(runbookOf('bank-off')).toBe('/guide/alerts#bank-off');
  });
});
