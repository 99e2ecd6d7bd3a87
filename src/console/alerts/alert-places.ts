import type { ShownAlert } from '../../alerts/index.js';
import { href } from '../kit/index.js';

/** The page of the console that shows the rows an alert is about; its own link is the API's. */
export function placeOf(alert: ShownAlert): string {
  const { bank, batchId, runId, reasonCode } = alert;
  switch (alert.rule) {
    case 'payments-failed':
    case 'payments-returned':
      return href(reasonCode === null ? '/mending' : `/mending/${reasonCode}`, { batch: batchId });
    case 'payments-withheld':
      return href('/mending/withheld', { code: reasonCode });
    case 'payments-unknown':
      return href('/doubts', { bank });
    case 'payments-contradicted':
      return href('/payments', { bank, batch: batchId });
    case 'run-late':
    case 'run-stopped':
      return runId === null ? '/runs' : `/runs/${runId}`;
    case 'run-missing':
      return batchId === null ? '/batches' : `/batches/${batchId}`;
    case 'work-untaken':
    case 'rail-missing':
      return href('/payments', { bank, state: 'ready' });
    case 'bank-unreachable':
    case 'bank-off':
    case 'bank-paused':
      return bank === null ? '/admin/banks' : `/admin/banks/${bank}`;
    case 'hand-over-waiting':
      return href('/admin/files/lists', { bank });
    case 'notices-unmatched':
    case 'notices-contradicting':
    case 'notices-stuck':
      return href('/admin/notices', { bank, ...askedOf(alert, ['state', 'result']) });
    case 'statement-difference':
    case 'statement-gap':
    case 'statement-entries':
    case 'payments-unproven':
    case 'exceptions-old':
      return href('/reconciliation/exceptions', {
        bank,
        state: 'open',
        ...askedOf(alert, ['kind']),
      });
    case 'statement-missing':
      return href('/reconciliation', { bank });
    case 'bank-file-quarantined':
    case 'bank-file-uncertain':
    case 'bank-files-uncollected':
      return href('/admin/files', { bank, ...askedOf(alert, ['state', 'direction']) });
    case 'failure-rate':
      return reasonCode === null ? href('/payments', { bank }) : `/mending/${reasonCode}`;
    case 'settlement-late':
      return href('/payments', { bank, state: 'accepted' });
    case 'funds-short':
      return batchId === null ? '/batches' : `/batches/${batchId}`;
    case 'notices-refused':
      return href('/admin/notices', { bank });
    case 'worker-silent':
      return '/runs';
    case 'audit-broken':
      return '/admin/audit/verification?run=yes';
    case 'list-refused':
      return href('/imports', { state: 'refused' });
    case 'external':
      return `/alerts/${alert.id}`;
  }
}

/** What the alert's own link filters by. */
function askedOf({ link }: ShownAlert, names: readonly string[]): Record<string, string> {
  const query = new URLSearchParams(link.split('?')[1] ?? '');
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = query.get(name);
      return value === null ? [] : [[name, value] as const];
    }),
  );
}
