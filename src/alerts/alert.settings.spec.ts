import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppConfig, readSettings, SettingsError } from '../platform/config/index.js';
import { AlertSettings } from './alert.settings.js';

const MAIL = { SMTP_URL: 'smtp://127.0.0.1:25', SMTP_FROM: 'chitra@treasury.example' };
const DUTY = 'receivers: [{ name: duty, emails: [duty@treasury.example] }]\n';

describe('config/alerts.yaml', () => {
  const configDir = mkdtempSync(join(tmpdir(), 'chitra-alerts-'));
  afterAll(() => rmSync(configDir, { recursive: true }));

  const load = (text: string, environment: Record<string, string> = MAIL) => {
    writeFileSync(join(configDir, 'alerts.yaml'), text);
    const settings = readSettings({ ...environment, CONFIG_DIR: configDir });
    return AlertSettings.load(new AppConfig(settings, environment, 'postgres://unused'));
  };
  const refusal = (text: string, environment?: Record<string, string>): string => {
    try {
      load(text, environment);
    } catch (error) {
      if (error instanceof SettingsError) return error.message;
      throw error;
    }
    return '';
  };

  it.each([
    ['receivers: [{ name: Duty }]', 'receivers.0.name'],
    ['receivers: [{ name: duty }]', 'receivers.0'],
    ['receivers: [{ name: outside, emails: [a@b.vn] }]', 'receivers.0.name'],
    ['receivers: [{ name: duty, emails: ["a@b.vn\\nBcc: c@d.vn"] }]', 'receivers.0.emails.0'],
    ['receivers: [{ name: duty, emails: [nobody] }]', 'receivers.0.emails.0'],
    ['receivers: [{ name: d, webhook: { url: "ftp://x", secret: s } }]', 'receivers.0.webhook.url'],
    [`${DUTY}${DUTY.replace('receivers', 'routes')}`, 'routes.0'],
    [`${DUTY}routes: [{ receivers: [nobody] }]`, 'routes.0.receivers.0'],
    [`${DUTY}routes: [{ receivers: [duty], rules: [no-such-rule] }]`, 'routes.0.rules.0'],
    [
      `${DUTY}routes: [{ receivers: [duty], escalation: { afterMinutes: 5, to: [boss] } }]`,
      'routes.0.escalation.to.0',
    ],
    [`quietHours: { from: '21:00', to: '21:00' }`, 'quietHours.to'],
    [`quietHours: { from: '21:00', to: '25:00' }`, 'quietHours.to'],
    [`quietHours: { from: '21:00', to: '06:00', severities: [critical] }`, 'never held'],
    [`rules: { payments-unknown: { criticalAfterMinutes: 1 } }`, 'rules.payments-unknown'],
    [`rules: { failure-rate: { percent: 120 } }`, 'rules.failure-rate.percent'],
    [`rules: { worker-silent: { severity: info } }`, 'rules.worker-silent'],
    [`rules: { nothing: {} }`, 'nothing'],
    [`digest: { weekday: monday, at: '07:30', communes: [] }`, 'digest.communes'],
    ['receivers: [', 'alerts.yaml: is not YAML'],
  ])('is refused, naming the field: %s', (text, field) => {
    const said = refusal(text);
    expect(said).toContain('alerts.yaml');
    expect(said).toContain(field);
  });

  it('e-mails need a mail server, and no secret is quoted', () => {
    expect(refusal(DUTY, {})).toContain('receivers.0.emails: needs SMTP_URL');
    const hook = `receivers: [{ name: d, webhook: { url: 'http://x', secret: 'hunter2' } }]`;
    expect(refusal(hook)).toContain('receivers.0.webhook.secret');
    expect(refusal(hook)).not.toContain('hunter2');
    expect(() => readSettings({ SMTP_URL: 'smtp://x' })).toThrow('SMTP_FROM');
  });

  it('empty, it is what the environment says; what it says itself goes before that', () => {
    const environment = {
      ...MAIL,
      UNKNOWN_ALERT_AFTER_MS: '120000',
      ALERT_WEBHOOK_URL: 'http://127.0.0.1/hook',
      ALERT_WEBHOOK_SECRET: 'whsec_c2VjcmV0',
    };
    const bare = load('{}', environment);
    expect(bare.thresholds.unknownAfterMs).toBe(120_000);
    expect(bare.routes).toEqual([{ receivers: ['outside'] }]);
    expect(bare.receiver('outside')?.webhook?.url).toBe('http://127.0.0.1/hook');
    const own = load(
      'rules: { payments-unknown: { warningAfterMinutes: 5 }, statement-gap: { severity: info } }',
      environment,
    );
    expect(own.thresholds.unknownAfterMs).toBe(300_000);
    expect(own.severityOf('statement-gap')).toBe('info');
    expect(own.severityOf('payments-failed')).toBeNull();
  });
});
