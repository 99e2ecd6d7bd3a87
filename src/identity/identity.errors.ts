import { DomainError } from '../kernel/index.js';

export const notSignedIn = (): DomainError =>
  new DomainError('unauthenticated', 'identity.not-signed-in', {
    vi: 'Cần đăng nhập (hoặc khóa API còn hiệu lực) để dùng chức năng này.',
    en: 'Please sign in (or use an API key that is in force) for this.',
  });

export const forbidden = (permission: string): DomainError =>
  new DomainError(
    'forbidden',
    'identity.forbidden',
    {
      vi: 'Vai trò của bạn không có quyền làm việc này; xin nhờ người có quyền hoặc liên hệ quản trị.',
      en: 'Your role does not permit this; please ask somebody whose role does, or the administrator.',
    },
    { permission },
  );

export const wrongLogin = (): DomainError =>
  new DomainError('unauthenticated', 'identity.wrong-login', {
    vi: 'Tên đăng nhập hoặc mật khẩu chưa đúng; xin thử lại, hoặc nhờ quản trị đặt lại mật khẩu.',
    en: 'The login or the password is not right; please try again, or ask the administrator for a new password.',
  });

export const wrongPassword = (): DomainError =>
  new DomainError('unprocessable', 'identity.wrong-password', {
    vi: 'Mật khẩu hiện tại chưa đúng; xin nhập lại.',
    en: 'The present password is not right; please enter it again.',
  });

export const tooManyAttempts = (retryAfterSeconds: number): DomainError =>
  new DomainError(
    'too-many',
    'identity.too-many-attempts',
    {
      vi: `Đã thử đăng nhập sai quá nhiều lần; xin chờ ${retryAfterSeconds} giây rồi thử lại.`,
      en: `Too many attempts to sign in have failed; please wait ${retryAfterSeconds} seconds and try again.`,
    },
    { retryAfterSeconds },
  );

export const foreignOrigin = (): DomainError =>
  new DomainError('forbidden', 'identity.foreign-origin', {
    vi: 'Yêu cầu này đến từ một trang khác nên bị từ chối; xin thao tác trên chính trang ChiTra.',
    en: 'This request came from another site and was refused; please act on the ChiTra site itself.',
  });

export const loginMalformed = (): DomainError =>
  new DomainError('unprocessable', 'identity.login-malformed', {
    vi: 'Tên gồm 3–64 ký tự a–z, 0–9, dấu chấm, gạch nối, gạch dưới, bắt đầu và kết thúc bằng chữ hoặc số; xin sửa lại.',
    en: 'A login or key name has 3–64 of a–z, 0–9, dot, dash and underscore, and begins and ends with a letter or digit; please mend it.',
  });

export const loginTaken = (): DomainError =>
  new DomainError('conflict', 'identity.login-taken', {
    vi: 'Tên đăng nhập này đã có người dùng; xin chọn tên khác.',
    en: 'This login is taken; please choose another one.',
  });

export const passwordTooWeak = (minimum: number): DomainError =>
  new DomainError(
    'unprocessable',
    'identity.password-too-weak',
    {
      vi: `Mật khẩu cần ít nhất ${minimum} ký tự, không chứa tên đăng nhập và không lặp một vài ký tự; xin chọn mật khẩu khác, ví dụ vài từ ghép lại.`,
      en: `A password has at least ${minimum} characters, does not hold the login and is not a few characters repeated; please choose another, such as several words.`,
    },
    { minimum },
  );

export const noSuchUser = (): DomainError =>
  new DomainError('not-found', 'identity.no-such-user', {
    vi: 'Không có người dùng này; xin xem danh sách người dùng.',
    en: 'There is no such user; please see the list of users.',
  });

export const notYourself = (): DomainError =>
  new DomainError('unprocessable', 'identity.not-yourself', {
    vi: 'Không thể tự khóa tài khoản của chính mình; xin nhờ một quản trị khác.',
    en: 'Nobody disables their own account; please ask another administrator.',
  });

export const userDisabled = (): DomainError =>
  new DomainError('conflict', 'identity.user-disabled', {
    vi: 'Tài khoản này đang bị khóa; xin mở lại trước, nếu cần.',
    en: 'This user is disabled; please enable the account first if it is needed.',
  });

export const userNotDisabled = (): DomainError =>
  new DomainError('conflict', 'identity.user-not-disabled', {
    vi: 'Tài khoản này không bị khóa nên không cần mở lại; quên mật khẩu thì đặt mật khẩu mới.',
    en: 'This user is not disabled; set a new password if the old one is forgotten.',
  });

export const notYourOwnRoles = (): DomainError =>
  new DomainError('unprocessable', 'identity.not-your-own-roles', {
    vi: 'Không ai tự đổi vai trò của mình; xin nhờ một quản trị khác.',
    en: 'Nobody changes their own roles; please ask another administrator.',
  });

export const lastAdministrator = (): DomainError =>
  new DomainError('conflict', 'identity.last-administrator', {
    vi: 'Đây là người quản trị cuối cùng; xin giao vai trò quản trị cho người khác trước.',
    en: 'This is the last administrator; please give somebody else the role first.',
  });

export const signerKeepsRole = (signature: string): DomainError =>
  new DomainError(
    'conflict',
    'identity.signer-keeps-role',
    {
      vi: 'Người này đã đăng ký chữ ký nên phải giữ vai trò kế toán trưởng hoặc chủ tài khoản; thôi ký thì khóa tài khoản này và tạo tài khoản mới.',
      en: 'This person is registered as a signatory and keeps the role of chief accountant or account holder; when they sign no more, disable this account and create a new one.',
    },
    { signature },
  );

export const alreadySignatory = (signature: string): DomainError =>
  new DomainError(
    'conflict',
    'identity.already-signatory',
    {
      vi: 'Người này đã đăng ký một loại chữ ký và không thể đổi sang loại kia; xin đăng ký người khác.',
      en: 'This person is registered for one of the signatures and cannot take the other; please register somebody else.',
    },
    { signature },
  );

export const signerRoleMissing = (): DomainError =>
  new DomainError('unprocessable', 'identity.signer-role-missing', {
    vi: 'Chỉ người có vai trò kế toán trưởng hoặc chủ tài khoản được đăng ký chữ ký; xin xem lại vai trò.',
    en: 'Only a chief accountant or an account holder is registered as a signatory; please see to the roles first.',
  });

export const keyNameTaken = (): DomainError =>
  new DomainError('conflict', 'identity.key-name-taken', {
    vi: 'Đã có khóa API mang tên này; xin chọn tên khác.',
    en: 'There is an API key of this name; please choose another one.',
  });

export const keyExpiresInPast = (): DomainError =>
  new DomainError('unprocessable', 'identity.key-expiry', {
    vi: 'Hạn dùng của khóa phải ở tương lai và không quá hai năm; xin chọn ngày khác.',
    en: 'A key expires in the future and within two years; please choose another time.',
  });

export const noSuchKey = (): DomainError =>
  new DomainError('not-found', 'identity.no-such-key', {
    vi: 'Không có khóa API này; xin xem danh sách khóa.',
    en: 'There is no such API key; please see the list of keys.',
  });

export const keyNotInForce = (): DomainError =>
  new DomainError('conflict', 'identity.key-not-in-force', {
    vi: 'Khóa API này đã bị thu hồi hoặc hết hạn nên không thay được; xin tạo khóa mới.',
    en: 'This API key was revoked or has expired and has no successor; please make a new key.',
  });
