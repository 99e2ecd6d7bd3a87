import { DomainError } from '../kernel/index.js';

export function unknownAlert(id: string): DomainError {
  return new DomainError(
    'not-found',
    'alerts.unknown-alert',
    {
      vi: 'Không có cảnh báo nào mang mã này. Hãy tìm trong danh sách cảnh báo.',
      en: 'There is no alert of this id. Look for it in the list of alerts.',
    },
    { alert: id },
  );
}

export function notOpen(id: string, state: string): DomainError {
  return new DomainError(
    'conflict',
    'alerts.not-open',
    {
      vi: 'Cảnh báo đã có người nhận hoặc đã đóng. Hãy mở lại trang để xem ai đang xử lý.',
      en: 'Somebody has acknowledged it already, or it is resolved. Look at the alert to see who.',
    },
    { alert: id, state },
  );
}

export function alreadyResolved(id: string): DomainError {
  return new DomainError(
    'conflict',
    'alerts.already-resolved',
    {
      vi: 'Cảnh báo đã đóng. Nếu nguyên nhân còn, một cảnh báo mới sẽ được mở.',
      en: 'The alert is resolved already. If its cause is back, a new alert has been opened.',
    },
    { alert: id },
  );
}

export function ownerRefused(user: string): DomainError {
  return new DomainError(
    'unprocessable',
    'alerts.owner-refused',
    {
      vi: 'Người này không có, đã bị khóa hoặc không được xử lý cảnh báo. Hãy giao cho người khác.',
      en: 'There is no such user, or they are disabled or may not handle alerts. Give it to somebody else.',
    },
    { user },
  );
}

export function wrongAlertmanagerToken(): DomainError {
  return new DomainError('unauthenticated', 'alerts.alertmanager-token', {
    vi: 'Mã truy cập của Alertmanager không đúng hoặc chưa được cài đặt (ALERTMANAGER_TOKEN).',
    en: 'The token of Alertmanager is wrong, or ALERTMANAGER_TOKEN is not set.',
  });
}
