import type { ComponentChildren } from 'preact';
import { ALERT_RULES, type AlertRule, type Runbook } from '../../alerts/index.js';
import { RULE_TEXTS } from '../alerts/alerts.words.js';
import { Card, Facts, useText } from '../kit/index.js';

/** What to do about each alert: for officers in Vietnamese, for engineers in English, as `runbooks.md` has it. */
export function AlertGuidePage({ of }: { of: Readonly<Record<AlertRule, Runbook>> }) {
  const t = useText();
  return (
    <>
      <Card>
        <p>
          {t(
            'Mỗi cảnh báo có một mục: nghĩa là gì, xem ở đâu, làm gì, báo cho ai. Phần cuối dành cho kỹ sư vận hành.',
            'Each alert has a section: what it means, where to look, what to do, whom to tell. The last part is for engineers.',
          )}
        </p>
        <ul>
          {ALERT_RULES.map((rule) => (
            <li key={rule}>
              <a href={`#${rule}`}>{t(RULE_TEXTS[rule])}</a>
            </li>
          ))}
        </ul>
      </Card>
      {ALERT_RULES.map((rule) => (
        <section id={rule} key={rule}>
          <Card title={RULE_TEXTS[rule]}>
            <OneRule of={of[rule]} />
          </Card>
        </section>
      ))}
    </>
  );
}

function OneRule({ of }: { of: Runbook }) {
  const t = useText();
  const officers = (text: string) => <span lang="vi">{text}</span>;
  return (
    <Facts
      of={[
        { name: t('Nghĩa là', 'It means'), value: officers(of.means) },
        { name: t('Xem', 'Look at'), value: officers(of.look) },
        { name: t('Làm', 'Do'), value: officers(of.act) },
        { name: t('Báo lên', 'Tell'), value: officers(of.escalate) },
        {
          name: t('Cho kỹ sư', 'For engineers'),
          value: <span lang="en">{withCode(of.engineers)}</span>,
        },
      ]}
    />
  );
}

/** What stands between backticks is code. */
function withCode(text: string): ComponentChildren[] {
  return text.split('`').map((part, at) => (at % 2 === 1 ? <code>{part}</code> : part));
}
