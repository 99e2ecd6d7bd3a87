import type { ImportStep } from '../../entitlements/index.js';
import type { Bilingual } from '../../kernel/index.js';
import { Card, Timeline, useText } from '../kit/index.js';

const STEPS: Readonly<Record<string, Bilingual>> = {
  received: { vi: 'Nhận danh sách', en: 'Received' },
  checked: { vi: 'Kiểm tra xong', en: 'Checked' },
  applied: { vi: 'Nhập vào danh sách hưởng', en: 'Applied' },
  refused: { vi: 'Không nhận', en: 'Refused' },
};

/** The steps of a list, with who took them. */
export function WhatHappened({ steps }: { steps: readonly ImportStep[] }) {
  const t = useText();
  return (
    <Card title={t('Diễn biến', 'What happened')}>
      <Timeline
        of={steps.map((step) => ({
          at: step.at,
          title: t(STEPS[step.to] ?? { vi: step.to, en: step.to }),
          by: step.actorKind === 'system' ? t('hệ thống', 'the system') : step.by,
        }))}
      />
    </Card>
  );
}
