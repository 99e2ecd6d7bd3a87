import type { Permission } from '../../identity/index.js';
import type { Bilingual } from '../../kernel/index.js';

interface Place {
  readonly path: (id: string) => string;
  readonly permission: Permission;
  readonly text: Bilingual;
}

const at = (
  permission: Permission,
  path: (id: string) => string,
  [vi, en]: readonly [string, string],
): Place => ({ permission, path, text: { vi, en } });

/** Where what was acted on is looked at, by whom; nothing for what has no page of its own. */
const PLACES: Readonly<Record<string, Place>> = {
  import: at('import.read', (id) => `/imports/${id}`, ['xem danh sách', 'the list']),
  beneficiary: at('beneficiary.read', (id) => `/beneficiaries/${id}`, ['xem hồ sơ', 'the person']),
  batch: at('batch.read', (id) => `/batches/${id}`, ['xem đợt chi', 'the batch']),
  run: at('payment.read', (id) => `/runs/${id}`, ['xem lượt chi', 'the run']),
  'doubt-ruling': at('payment.read', (id) => `/doubts/rulings/${id}`, [
    'xem kết luận',
    'the ruling',
  ]),
  reconciliation: at('reconciliation.read', (id) => `/reconciliation/${id}`, [
    'xem đối chiếu',
    'the reconciliation',
  ]),
  alert: at('alert.read', (id) => `/alerts/${id}`, ['xem cảnh báo', 'the alert']),
  bank: at('bank.read', (id) => `/admin/banks/${id}`, ['xem ngân hàng', 'the bank']),
  'bank-file': at('reconciliation.read', (id) => `/admin/files/${id}`, ['xem tệp', 'the file']),
  notice: at('notice.read', (id) => `/admin/notices/${id}`, ['xem thông báo', 'the notice']),
  allotment: at('fund.read', (id) => `/admin/funds/allotments/${id}`, [
    'xem quyết định',
    'the decision',
  ]),
  user: at('user.manage', (id) => `/admin/users/${id}`, ['xem người dùng', 'the user']),
  'api-key': at('user.manage', () => '/admin/api-keys', ['xem khóa API', 'the API keys']),
};

/** The page of a thing, for whoever may see it. */
export function placeOf(
  subject: { readonly type: string; readonly id: string },
  may: (permission: Permission) => boolean,
): { href: string; text: Bilingual } | null {
  const place = PLACES[subject.type];
  if (!place || !may(place.permission)) return null;
  return { href: place.path(subject.id), text: place.text };
}

/** Things that the trail can be asked about by a link, and what they are called. */
export const THINGS: Readonly<Record<string, Bilingual>> = {
  import: { vi: 'một danh sách gửi vào', en: 'one list' },
  entitlement: { vi: 'một khoản được hưởng', en: 'one entitlement' },
  beneficiary: { vi: 'một người hưởng', en: 'one beneficiary' },
  batch: { vi: 'một đợt chi', en: 'one batch' },
  run: { vi: 'một lượt chi', en: 'one payment run' },
  submission: { vi: 'một danh sách giao ngân hàng', en: 'one list for a bank' },
  'doubt-ruling': { vi: 'một kết luận', en: 'one ruling' },
  statement: { vi: 'một sao kê', en: 'one statement' },
  reconciliation: { vi: 'một lần đối chiếu', en: 'one reconciliation' },
  'reconciliation-exception': { vi: 'một khoản lệch', en: 'one exception' },
  alert: { vi: 'một cảnh báo', en: 'one alert' },
  bank: { vi: 'một ngân hàng', en: 'one bank' },
  'bank-file': { vi: 'một tệp với ngân hàng', en: 'one bank file' },
  queue: { vi: 'hàng đợi', en: 'the queues' },
  notice: { vi: 'một thông báo', en: 'one notice' },
  allotment: { vi: 'một quyết định giao kinh phí', en: 'one allotment' },
  user: { vi: 'một người dùng', en: 'one user' },
  list: { vi: 'một loại danh sách tải ra', en: 'one kind of list' },
  'api-key': { vi: 'một khóa API', en: 'one API key' },
};
