import type { Bilingual } from '../kernel/index.js';
import type { AlertRule } from './alert.rules.js';

/** What to do next, where no reason of the bank says it better. */
export const NEXT_STEPS: Readonly<Record<AlertRule, Bilingual>> = {
  'payments-failed': {
    vi: 'Sửa nguyên nhân rồi đưa các khoản này vào đợt chi trả tiếp theo.',
    en: 'Mend the cause, then put these payments into a follow-up batch.',
  },
  'payments-returned': {
    vi: 'Tiền đã về tài khoản nguồn. Sửa nguyên nhân rồi chi lại trong đợt tiếp theo.',
    en: 'The money is back. Mend the cause, then pay again in a follow-up batch.',
  },
  'payments-withheld': {
    vi: 'Kiểm tra hồ sơ người hưởng; bỏ tạm giữ rồi lập đợt mới, hoặc dừng khoản này.',
    en: 'Look at the payee; release the hold and put it into a new batch, or end the entitlement.',
  },
  'payments-unknown': {
    vi: 'Không chi lại. Hỏi ngân hàng; khi có văn bản hoặc sao kê, đề nghị kết luận để người thứ hai ký.',
    en: 'Do not pay again. Ask the bank; with its letter or statement in hand, propose a ruling for another person to sign.',
  },
  'payments-contradicted': {
    vi: 'Chưa có gì thay đổi. Hỏi ngân hàng kết quả đúng và đối chiếu sao kê trước khi chi lại.',
    en: 'Nothing was moved. Ask the bank which is true and check the statement before paying again.',
  },
  'run-late': {
    vi: 'Xem ngân hàng nào còn chờ; liên hệ ngân hàng hoặc tạm dừng lượt chi.',
    en: 'See which bank still waits; call it, or pause the run.',
  },
  'run-stopped': {
    vi: 'Không tiếp tục lượt chi. Báo kế toán trưởng và quản trị kiểm tra nhật ký ngay.',
    en: 'Do not resume it. Tell the chief accountant and the administrator to check the audit trail now.',
  },
  'run-missing': {
    vi: 'Báo quản trị: danh sách khác bản đã ký, hoặc cấu hình thiếu ngân hàng. Hệ thống tự lập lại khi đã sửa.',
    en: 'Tell the administrator: the list differs from what was signed, or a bank is not configured. It goes on by itself once mended.',
  },
  'rail-missing': {
    vi: 'Báo quản trị: khôi phục kênh này trong tệp cấu hình của ngân hàng. Không đi kênh khác; tự gửi khi kênh có lại.',
    en: 'Tell the administrator to put the rail back into the bank’s file. No other way is taken; they go when it is back.',
  },
  'bank-unreachable': {
    vi: 'Liên hệ ngân hàng. Các khoản chưa gửi sẽ tự gửi lại khi kết nối trở lại; không chuyển ngân hàng khác.',
    en: 'Call the bank. What is not sent goes by itself when it is back; do not switch to another bank.',
  },
  'bank-off': {
    vi: 'Không gửi gì cho đến khi cán bộ có thẩm quyền mở lại, kèm lý do. Khoản đã gửi vẫn được hỏi kết quả; không chuyển ngân hàng khác.',
    en: 'Nothing goes until an officer switches it on again, with a reason. What was sent is still asked after; do not switch to another bank.',
  },
  'bank-paused': {
    vi: 'Ngân hàng tự đặt thời gian chờ (Retry-After); hết hạn sẽ tự gửi tiếp. Nếu quá lâu, gọi ngân hàng; tạm ngắt rồi mở lại sẽ bỏ thời gian chờ.',
    en: 'The bank itself asked for it (Retry-After); it goes on by itself. If that is too long, call the bank; switching it off and on again ends the wait.',
  },
  'work-untaken': {
    vi: 'Báo quản trị: kiểm tra các tiến trình worker và hàng đợi. Không khoản nào bị mất; sẽ tự gửi khi worker chạy lại.',
    en: 'Tell the administrator to look at the workers and the queue. Nothing is lost; it goes by itself when they are back.',
  },
  'hand-over-waiting': {
    vi: 'Lập và tải danh sách, nộp lên cổng ngân hàng rồi ghi nhận; danh sách đã nộp thì lấy tệp kết quả về.',
    en: 'Make and download the list, upload it at the bank’s portal and note that; of an uploaded one bring the result.',
  },
  'notices-unmatched': {
    vi: 'Xem các mã tham chiếu và hỏi ngân hàng tiền của ai; ghi chú rồi đóng cảnh báo.',
    en: 'Look at the references and ask the bank whose money it is; note it and resolve the alert.',
  },
  'notices-contradicting': {
    vi: 'Chỉ nội dung đầu tiên được áp dụng. Hỏi ngân hàng nội dung nào đúng.',
    en: 'Only the first content was applied. Ask the bank which one it means.',
  },
  'notices-stuck': {
    vi: 'Hệ thống vẫn thử lại. Báo quản trị xem nhật ký lỗi của máy chủ xử lý.',
    en: 'They are tried again. Tell the administrator to read the log of the workers.',
  },
  'statement-difference': {
    vi: 'Tải lại sao kê; nếu vẫn lệch, gửi ngân hàng yêu cầu sao kê đúng.',
    en: 'Fetch the statement again; if it still differs, ask the bank for a right one.',
  },
  'statement-entries': {
    vi: 'Mở từng sai lệch, hỏi ngân hàng rồi giải trình; không chi lại khi chưa rõ.',
    en: 'Open each exception, ask the bank and explain it; pay nothing again before.',
  },
  'statement-gap': {
    vi: 'Thiếu sao kê hoặc bút toán giữa hai ngày. Yêu cầu ngân hàng sao kê liền ngày rồi đối chiếu lại.',
    en: 'A statement or an entry between two days is missing. Ask the bank for it and reconcile again.',
  },
  'payments-unproven': {
    vi: 'Không chi lại. Lấy sao kê đủ ngày; nếu vẫn thiếu, hỏi ngân hàng rồi giải trình từng sai lệch.',
    en: 'Do not pay again. Get statements of all days; if it is still missing ask the bank, and explain each.',
  },
  'exceptions-old': {
    vi: 'Nhận các sai lệch này, hỏi ngân hàng và giải trình; chưa giải trình thì không khóa được kỳ đối chiếu.',
    en: 'Take them on, ask the bank and explain them; until then no reconciliation of these days is closed.',
  },
  'statement-missing': {
    vi: 'Kiểm tra kết nối ngân hàng rồi yêu cầu đối chiếu lại.',
    en: 'Check the connection to the bank, then ask for the reconciliation again.',
  },
  'bank-file-quarantined': {
    vi: 'Xem lý do và vị trí lỗi trong tệp, báo ngân hàng gửi lại tệp đúng; nếu lỗi do cấu hình thì sửa rồi cho đọc lại.',
    en: 'See the reason and the place in the file and have the bank send a right one; if a setting was wrong, mend it and have the file read again.',
  },
  'bank-file-uncertain': {
    vi: 'Hỏi ngân hàng đã nhận tệp này chưa. Không gửi lại: báo cáo, sao kê hoặc kết luận có bằng chứng sẽ kết thúc nghi vấn.',
    en: 'Ask the bank whether it has this file. Nothing is sent again: its report, its statement or a ruling with evidence ends the doubt.',
  },
  'bank-files-uncollected': {
    vi: 'Kiểm tra kết nối SFTP hoặc thư mục trao đổi với ngân hàng.',
    en: 'Check the SFTP connection or the folder shared with the bank.',
  },
  'failure-rate': {
    vi: 'Tạm ngắt ngân hàng nếu lỗi không phải do người hưởng, hỏi ngân hàng, rồi mở lại.',
    en: 'Switch the bank off where the payees are not to blame, ask the bank, then switch it on again.',
  },
  'settlement-late': {
    vi: 'Không chi lại. Hỏi ngân hàng vì sao các khoản đã nhận chưa được hạch toán.',
    en: 'Do not pay again. Ask the bank why what it has taken is not settled.',
  },
  'funds-short': {
    vi: 'Nhập dự toán được giao thêm, hoặc trả đợt chi để bớt dòng; chữ ký cuối sẽ bị từ chối khi còn thiếu.',
    en: 'Enter further allotments, or return the batch to take lines out; until then the last signature is refused.',
  },
  'notices-refused': {
    vi: 'Hỏi ngân hàng có đổi khóa ký không; nếu không, có người giả mạo: báo quản trị chặn địa chỉ gửi.',
    en: 'Ask the bank whether it changed its key; if not, somebody pretends to be it: have the sender blocked.',
  },
  'worker-silent': {
    vi: 'Báo quản trị khởi động lại các tiến trình worker. Không khoản nào bị mất hoặc chi hai lần.',
    en: 'Have the workers started again. Nothing is lost or paid twice.',
  },
  'audit-broken': {
    vi: 'Dừng mọi lượt chi, giữ nguyên máy chủ và báo lãnh đạo: nhật ký đã bị sửa ngoài hệ thống.',
    en: 'Pause every run, leave the servers as they are and tell the head of the office: the trail was altered from outside.',
  },
  'list-refused': {
    vi: 'Mở danh sách để xem lý do và báo đơn vị lập gửi lại.',
    en: 'See the reason at the list and have its sender send it again.',
  },
  external: {
    vi: 'Hệ thống giám sát báo. Báo quản trị xem Alertmanager; cảnh báo tự hết khi nguyên nhân hết.',
    en: 'Told by the monitoring system. Tell the administrator to look at Alertmanager; it ends with its cause.',
  },
};
