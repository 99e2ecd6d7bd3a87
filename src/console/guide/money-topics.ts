import { step, text, trouble, type Topic } from './topic.js';

const IMPORTS = { href: '/imports', permission: 'import.read' } as const;
const BATCHES = { href: '/batches', permission: 'batch.read' } as const;
const MENDING = { href: '/mending', permission: 'payment.read' } as const;
const LISTS = { href: '/admin/files/lists', permission: 'payment.read' } as const;

/** From a list to money in people's accounts. */
export const lists: Topic = {
  title: text('Nhận một danh sách', 'Bring a list'),
  summary: text(
    'Từ tệp Excel hoặc CSV của đơn vị đến các khoản được hưởng sẵn sàng chi.',
    'From an office’s Excel or CSV file to entitlements that are ready to be paid.',
  ),
  steps: [
    step(
      'Mở Danh sách gửi vào, chọn tệp, ghi số dòng và tổng tiền như trên quyết định.',
      'Open Lists in, choose the file, enter the lines and the total of the decision.',
      IMPORTS,
    ),
    step(
      'Xem hệ thống hiểu các cột có đúng không; sửa cột nào hiểu sai.',
      'See whether the columns were understood; mend those that were not.',
    ),
    step(
      'Đối chiếu số dòng và tổng tiền: hai bên phải bằng nhau.',
      'Compare lines and total: the two sides must be the same.',
    ),
    step(
      'Xem lỗi từng ô. Sửa ngay trên trang, hoặc tải tệp đã đánh dấu về sửa rồi gửi lại.',
      'Look at the errors by cell. Mend them on the page, or download the marked file, mend it and send it again.',
    ),
    step(
      'Nhập tất cả, hoặc chỉ các dòng tốt; dòng lỗi gửi lại sau.',
      'Apply everything, or only the good rows; send the others later.',
    ),
    step('Lập đợt chi từ các khoản vừa nhập.', 'Build a batch of what was applied.', BATCHES),
  ],
  troubles: [
    trouble(
      text('Hệ thống nói tệp này đã gửi rồi', 'The file is said to have come before'),
      text(
        'Nội dung giống hệt một lần gửi trước. Mở lần gửi đó; không nhập lại để không chi hai lần.',
        'It is the very content of an earlier one. Open that one; it is not applied again, so that nobody is paid twice.',
      ),
    ),
    trouble(
      text('Một người bị báo là đã có trong tháng', 'A person is said to be there already'),
      text(
        'Cùng người, cùng chế độ, cùng kỳ đã có khoản. Nếu là truy lĩnh, ghi đúng loại khoản trong danh sách.',
        'The same person has one of this programme and period. If it is arrears, say so in the list.',
      ),
    ),
  ],
};

export const signing: Topic = {
  title: text('Ký một đợt chi', 'Sign a batch'),
  summary: text(
    'Xem đúng cái mình ký, ký bằng tên mình, hoặc trả lại kèm lý do.',
    'See exactly what you sign, sign it under your name, or return it with a reason.',
  ),
  steps: [
    step('Mở đợt chi đang chờ bạn ở Trang chính.', 'Open what waits for you on the home page.', {
      href: '/',
    }),
    step(
      'Đọc chế độ, kỳ, số người, tổng tiền bằng số và bằng chữ.',
      'Read the programme, the period, how many people, the total in figures and words.',
    ),
    step(
      'Xem khác gì kỳ trước: ai mới, ai thôi, ai đổi số tiền, ai đổi tài khoản.',
      'See what differs from last time: who is new, gone, has another amount or account.',
    ),
    step(
      'Đọc các cảnh báo: tài khoản chung, tài khoản chưa kiểm tra, nguồn kinh phí thiếu.',
      'Read the warnings: shared accounts, unchecked accounts, funds that do not suffice.',
    ),
    step('Ký, hoặc trả lại và ghi rõ vì sao.', 'Sign, or return it and say why.'),
  ],
  troubles: [
    trouble(
      text('Nguồn kinh phí không đủ', 'The funds do not suffice'),
      text(
        'Chưa ký được. Kế toán trưởng ghi thêm quyết định giao kinh phí, hoặc trả lại để giảm đợt chi.',
        'It cannot be approved. The chief accountant enters an allotment, or the batch is returned and made smaller.',
      ),
    ),
    trouble(
      text('Đợt chi đã thay đổi', 'The batch has changed'),
      text(
        'Có người sửa sau khi bạn mở trang. Tải lại, xem lại từ đầu rồi mới ký.',
        'Somebody changed it after you opened the page. Load it again, look at it anew, then sign.',
      ),
    ),
    trouble(
      text('Bạn không có nút Ký', 'There is no button to sign'),
      text(
        'Trang nói rõ lý do: bạn đã lập đợt này, đã ký rồi, chưa đến lượt, hoặc chưa đăng ký chữ ký.',
        'The page says why: you prepared it, signed already, it is not your turn, or you are not registered.',
      ),
    ),
  ],
};

export const mending: Topic = {
  title: text('Sửa khoản bị từ chối, bị hoàn trả', 'Mend what was rejected or returned'),
  summary: text(
    'Tìm nguyên nhân, sửa tài khoản hoặc tên, đưa vào đợt chi bổ sung.',
    'Find the cause, mend the account or the name, put it into a follow-up batch.',
  ),
  steps: [
    step(
      'Mở Cần sửa: các khoản xếp theo nguyên nhân.',
      'Open To mend: they stand by cause.',
      MENDING,
    ),
    step(
      'Đọc nguyên nhân và việc nên làm; hỏi xã hoặc gia đình để có tài khoản đúng.',
      'Read the cause and what to do; ask the commune or the family for the right account.',
    ),
    step(
      'Sửa tài khoản; xem tên cũ, tên mới và tên ngân hàng trả lời cạnh nhau.',
      'Mend the account; the old name, the new one and what the bank says stand side by side.',
    ),
    step(
      'Chọn các khoản đã sửa, đưa vào đợt chi bổ sung; đợt này lại cần ký đủ.',
      'Choose what is mended and put it into a follow-up batch, which is signed like any other.',
      BATCHES,
    ),
  ],
  troubles: [
    trouble(
      text('Ngân hàng nói chủ tài khoản đã mất', 'The bank says that the holder has died'),
      text(
        'Các khoản khác của người đó tự tạm giữ. Hỏi xã, ghi nhận ngày mất hoặc cho chi lại.',
        'Everything else of that person is held. Ask the commune, then record the death or release them.',
      ),
    ),
    trouble(
      text('Tên gần giống mà không giống hẳn', 'The names are alike and not the same'),
      text(
        'Không bao giờ chi theo tên gần giống: người có giấy tờ trong tay xác nhận.',
        'Nothing is paid on a likeness: somebody with the paper in hand confirms it.',
      ),
    ),
  ],
};

export const carrying: Topic = {
  title: text('Mang danh sách đến ngân hàng', 'Carry a list to a bank'),
  summary: text(
    'Với ngân hàng chưa nối máy: lập, tải, nộp, ghi lại, rồi nhận kết quả.',
    'For banks that are not connected: make, download, upload, note, and bring the result.',
  ),
  steps: [
    step(
      'Mở Danh sách phải mang đi và bấm Lập danh sách.',
      'Open Lists to be carried and make the list.',
      LISTS,
    ),
    step(
      'Tải về. Từ lúc này danh sách được coi là đã giao.',
      'Download it. From now on it counts as handed over.',
    ),
    step(
      'Nộp lên trang của ngân hàng, không sửa gì trong tệp.',
      'Upload it at the bank’s portal, unchanged.',
    ),
    step('Ghi lại ngày giờ đã nộp.', 'Note the day and time of the upload.'),
    step(
      'Khi ngân hàng xử lý xong, tải tệp kết quả và gửi vào.',
      'When the bank is done, fetch the result and bring it.',
      { href: '/admin/files/new', permission: 'reconciliation.read' },
    ),
  ],
  troubles: [
    trouble(
      text('Không biết đã nộp hay chưa', 'Nobody knows whether it was uploaded'),
      text(
        'Không nộp lần nữa. Gọi ngân hàng hỏi theo số danh sách trước.',
        'Do not upload it again. Ask the bank by the list’s number first.',
      ),
    ),
    trouble(
      text('Muốn bỏ danh sách', 'The list should be given up'),
      text(
        'Chỉ bỏ được khi chưa ai tải về. Đã tải rồi thì phải chờ kết quả của ngân hàng.',
        'Only while nobody has downloaded it. Afterwards the bank’s result must come.',
      ),
    ),
  ],
};
