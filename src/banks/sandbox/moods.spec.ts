import { readFileSync } from 'node:fs';
import { MOODS, moodOf, REASON_TEXTS, usualSteps } from './moods.js';
import { conductOf, readSandboxSettings, sandboxSettingsSchema } from './sandbox.settings.js';

const conduct = conductOf(
  readSandboxSettings({ SANDBOX_KEY_ID: 'k', SANDBOX_SECRET: 's', SANDBOX_NOTICE_SECRET: 's' }),
);
const readme = readFileSync('src/banks/sandbox/README.md', 'utf8').replace(/ +/g, ' ');

describe('the moods of the sandbox bank', () => {
  it.each([...MOODS])('…%s stands in the README as it is', (ending, mood) => {
    expect(readme).toContain(`| …${ending} | ${mood.does} |`);
  });

  it('the README names every setting', () => {
    for (const name of Object.keys(sandboxSettingsSchema.shape))
      expect(readme).toContain(`\`${name}\``);
  });

  it('an account without such an ending has no mood', () => {
    for (const account of ['1010123456', '990104', '0', '9901041', 'x990104x']) {
      expect(moodOf(account)).toBe(account === '990104' ? MOODS.get('990104') : undefined);
    }
  });

  it('every refusal has a reason with words, and every later step comes later', () => {
    for (const mood of MOODS.values()) {
      for (const kind of ['single', 'bulk'] as const) {
        const usual = usualSteps(conduct, kind);
        const [, ...later] = mood.steps?.(conduct, usual) ?? usual;
        for (const step of mood.steps?.(conduct, usual) ?? usual) {
          const refuses = ['RJCT', 'BLCK', 'RTRN'].includes(step.status);
          expect(Boolean(REASON_TEXTS[step.reasonCode ?? ''])).toBe(refuses);
        }
        for (const step of later) expect(step.afterMs).toBeGreaterThan(0);
      }
    }
  });
});
