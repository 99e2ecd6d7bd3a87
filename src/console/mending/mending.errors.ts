import { DomainError } from '../../kernel/index.js';

export const noSuchOrder = (): DomainError =>
  new DomainError('not-found', 'mending.no-such-order', {
    vi: 'Không có lần đưa vào đợt bổ sung này; xin mở lại từ trang “Cần sửa”.',
    en: 'There is no such order; please begin from the page “To mend”.',
  });

export const waitsNoMore = (): DomainError =>
  new DomainError('conflict', 'mending.waits-no-more', {
    vi: 'Khoản chi này không còn chờ sửa: đã vào đợt khác, đã chi lại hoặc đã thôi hưởng.',
    en: 'This payment waits no longer: it is in another batch, paid again, or has ended.',
  });
