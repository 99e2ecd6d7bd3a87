import { spawnSync } from 'node:child_process';
import { describeWithPrometheus } from '../setup/prometheus.js';
import {
  dashboards,
  expectedAlerts,
  namesIn,
  prometheusReadme,
  questions,
  recorded,
  ruleFiles,
  rules,
} from './monitoring-files.js';

const alerts = rules.filter(({ alert }) => alert !== undefined);

/** As GitHub makes the address of a heading. */
const anchors = new Set(
  [...prometheusReadme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  ),
);

describe('the rules of Prometheus', () => {
  it('name their severity, say in Vietnamese what is wrong and what to do, and link a runbook', () => {
    expect(alerts.length).toBeGreaterThan(15);
    for (const { alert, labels, annotations } of alerts) {
      expect({ alert, severity: labels?.severity }).toEqual({
        alert,
        severity: expect.stringMatching(/^(info|warning|critical)$/),
      });
      expect(annotations?.summary).toMatch(
        /[ăâđêôơưàáạảãèéẹẻẽìíịỉĩòóọỏõùúụủũỳýỵỷỹốồộổỗấầậẩẫếềệểễứừựửữ]/i,
      );
      const [file, anchor = ''] = (annotations?.runbook_url ?? '').split('#');
      expect({ alert, file }).toEqual({ alert, file: 'config/prometheus/README.md' });
      expect({ alert, anchor: anchors.has(anchor) ? anchor : `${anchor} is missing` }).toEqual({
        alert,
        anchor,
      });
    }
  });

  it('are each proven firing and not firing', () => {
    const expected = expectedAlerts();
    for (const { alert = '' } of alerts) {
      const moments = expected.get(alert) ?? [];
      expect({ alert, quiet: moments.includes(0), fires: moments.some((n) => n > 0) }).toEqual({
        alert,
        quiet: true,
        fires: true,
      });
    }
    expect([...expected.keys()].filter((name) => !alerts.some((a) => a.alert === name))).toEqual(
      [],
    );
  });

  it('and dashboards ask for no recording that no rule makes', () => {
    const asked = questions.flatMap(({ where, expr }) =>
      namesIn(expr).recordings.map((name) => ({ where, name })),
    );
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter(({ name }) => !recorded.has(name))).toEqual([]);
    const used = new Set(asked.map(({ name }) => name));
    expect([...recorded].filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('the dashboards', () => {
  it('are the four that are promised, each panel with a place of its own', () => {
    expect(dashboards.map(({ uid }) => uid).sort()).toEqual(
      ['banks', 'money', 'reconciliation', 'work'].map((name) => `chitra-${name}`),
    );
    for (const { uid, panels } of dashboards) {
      expect([uid, new Set(panels.map(({ id }) => id)).size]).toEqual([uid, panels.length]);
      expect(new Set(panels.map(({ datasource }) => datasource.uid))).toEqual(
        new Set(['chitra-prometheus']),
      );
    }
  });
});

describeWithPrometheus('promtool', () => {
  const promtool = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
    return { status, said: status === 0 ? '' : `${stdout}${stderr}` };
  };

  it('takes the configuration and the rules', () => {
    expect(
      promtool('check', 'config', '--syntax-only', 'config/prometheus/prometheus.yaml'),
    ).toEqual({ status: 0, said: '' });
    expect(promtool('check', 'rules', ...ruleFiles)).toEqual({ status: 0, said: '' });
  });

  it('sees every alert fire when it should, and not before', () => {
    expect(promtool('test', 'rules', 'config/prometheus/rules/alerts.test.yaml')).toEqual({
      status: 0,
      said: '',
    });
  });
});
