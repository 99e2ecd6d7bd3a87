import { Body, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  ConfirmAccount,
  CorrectName,
  listChecks,
  ReleaseHold,
  ReplaceAccount,
  RequestAccountChecks,
  ViewBeneficiary,
} from '../../beneficiaries/index.js';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { FailedPaymentReads, type FailedRow } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { Idempotent, say } from '../../platform/http/index.js';
import {
  Callout,
  formOf,
  optional,
  Pages,
  screen,
  seeOther,
  ticked,
  useText,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { CodeNames } from '../naming/code-names.js';
import { REASON, wordField } from '../naming/word-field.js';
import { waitsNoMore } from './mending.errors.js';
import { MendOnePage } from './one.page.js';

const CRUMB = { href: '/mending', text: { vi: 'Cần sửa', en: 'To mend' } };
/** Results of accounts that are looked through for the bank's newest word. */
const CHECKS_LOOKED_AT = 50;

const idParameter = { schema: z.uuid() };
const reason = wordField({ what: REASON, most: 500 });
const version = z.coerce.number().int();

const accountForm = formOf({
  version,
  bank: z.string().regex(/^\d{6}$/, {
    error: say({ vi: 'Ngân hàng: chưa chọn.', en: 'Bank: not chosen yet.' }),
  }),
  accountNumber: z
    .string()
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(
      z.string().regex(/^[0-9A-Za-z]{6,19}$/, {
        error: say({
          vi: 'Số tài khoản: gồm 6 đến 19 chữ số hoặc chữ cái.',
          en: 'Account number: 6 to 19 digits or letters.',
        }),
      }),
    ),
  accountName: wordField({
    what: { vi: 'Tên tài khoản', en: 'Account name' },
    least: 2,
    most: 140,
  }),
  reason,
  verified: ticked,
  otherNameConfirmed: ticked,
});
const nameForm = formOf({
  version,
  fullName: wordField({ what: { vi: 'Họ tên', en: 'Name' }, least: 2, most: 140 }),
  reason,
});
const holdForm = formOf({ reason });
const confirmationForm = formOf({
  accountId: z.uuid(),
  checkId: optional(z.uuid()),
  reference: wordField({
    what: { vi: 'Loại và số giấy tờ', en: 'Kind and number of the paper' },
    most: 140,
  }),
  note: optional(z.string().trim().min(1).max(1000)),
});
const nothingElse = formOf({});

/** One failed payment is mended in place, by the same use cases as everywhere else. */
@Pages()
export class MendOnePages {
  constructor(
    private readonly database: Database,
    private readonly failures: FailedPaymentReads,
    private readonly viewBeneficiary: ViewBeneficiary,
    private readonly replaceAccount: ReplaceAccount,
    private readonly correctName: CorrectName,
    private readonly releaseHold: ReleaseHold,
    private readonly confirmAccount: ConfirmAccount,
    private readonly requestChecks: RequestAccountChecks,
    private readonly names: CodeNames,
  ) {}

  @Get('mending/payments/:id')
  @Requires('payment.read', 'beneficiary.read')
  async one(@Param('id', idParameter) id: string, @CurrentActor() actor: Actor): Promise<Screen> {
    const row = await this.failures.find(this.database.reader, id);
    const title = { vi: 'Sửa khoản chi', en: 'Mend a payment' };
    if (!row) return screen({ title, crumbs: [CRUMB], body: <WaitsNoMore id={id} /> });
    const file = await this.viewBeneficiary.view(row.beneficiaryId, actor);
    const cause = this.names.reason(row.reasonCode);
    return screen({
      title,
      crumbs: [CRUMB, { href: `/mending/${row.reasonCode}`, text: cause }],
      body: (
        <MendOnePage
          names={this.names}
          row={row}
          file={file}
          seenCheckId={await this.newestAnswer(row)}
        />
      ),
    });
  }

  @Post('mending/payments/:id/account')
  @Requires('beneficiary.read', 'beneficiary.write')
  @Idempotent()
  async account(
    @Param('id', idParameter) id: string,
    @Body({ schema: accountForm }) form: z.infer<typeof accountForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { beneficiaryId } = await this.waiting(id);
    const { _key, _from, ...order } = form;
    await this.replaceAccount.replace({ beneficiaryId, ...order }, actor);
    return seeOther(`/mending/payments/${id}`, {
      vi: 'Đã thay tài khoản. Có thể hỏi ngân hàng tên tài khoản, rồi đưa khoản này vào đợt bổ sung.',
      en: 'The account was replaced. You may ask the bank whose it is, then pay this one again.',
    });
  }

  @Post('mending/payments/:id/name')
  @Requires('beneficiary.read', 'beneficiary.write')
  @Idempotent()
  async name(
    @Param('id', idParameter) id: string,
    @Body({ schema: nameForm }) form: z.infer<typeof nameForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { beneficiaryId } = await this.waiting(id);
    const { _key, _from, ...order } = form;
    await this.correctName.correct({ beneficiaryId, ...order }, actor);
    return seeOther(`/mending/payments/${id}`, {
      vi: 'Đã sửa họ tên.',
      en: 'The name was corrected.',
    });
  }

  @Post('mending/payments/:id/hold-release')
  @Requires('beneficiary.write')
  @Idempotent()
  async release(
    @Param('id', idParameter) id: string,
    @Body({ schema: holdForm }) form: z.infer<typeof holdForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { beneficiaryId } = await this.waiting(id);
    await this.releaseHold.release({ beneficiaryId, reason: form.reason }, actor);
    return seeOther(`/mending/payments/${id}`, {
      vi: 'Đã bỏ tạm giữ.',
      en: 'The hold was released.',
    });
  }

  @Post('mending/payments/:id/confirmation')
  @Requires('account.confirm')
  @Idempotent()
  async confirm(
    @Param('id', idParameter) id: string,
    @Body({ schema: confirmationForm }) form: z.infer<typeof confirmationForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { beneficiaryId } = await this.waiting(id);
    await this.confirmAccount.confirm(
      {
        beneficiaryId,
        accountId: form.accountId,
        checkId: form.checkId ?? null,
        reference: form.reference,
        note: form.note ?? null,
      },
      actor,
    );
    return seeOther(`/mending/payments/${id}`, {
      vi: 'Đã xác nhận tài khoản.',
      en: 'The account was confirmed.',
    });
  }

  @Post('mending/payments/:id/check')
  @Requires('beneficiary.write')
  @Idempotent()
  async check(
    @Param('id', idParameter) id: string,
    @Body({ schema: nothingElse }) _form: z.infer<typeof nothingElse>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { beneficiaryId } = await this.waiting(id);
    await this.requestChecks.ofBeneficiary(beneficiaryId, actor);
    return seeOther(`/mending/payments/${id}`, {
      vi: 'Đã hỏi ngân hàng; tải lại trang sau ít phút để xem trả lời.',
      en: 'The bank is being asked; load the page again in a few minutes.',
    });
  }

  private async waiting(paymentId: string): Promise<FailedRow> {
    const row = await this.failures.find(this.database.reader, paymentId);
    if (!row) throw waitsNoMore();
    return row;
  }

  /** What whoever confirms an account has seen of the bank: its newest word, where it knew anything. */
  private async newestAnswer({ beneficiaryId, accountId }: FailedRow): Promise<string | null> {
    const checks = await listChecks(this.database.reader, {
      beneficiaryId,
      beforeSeq: null,
      limit: CHECKS_LOOKED_AT,
    });
    const answer = checks.find(
      (check) =>
        check.accountId === accountId && check.source === 'bank' && check.verdict !== 'cannot-tell',
    );
    return answer?.id ?? null;
  }
}

function WaitsNoMore({ id }: { id: string }) {
  const t = useText();
  return (
    <Callout tone="info" title={t('Không còn chờ sửa', 'It waits no longer')}>
      <p>{t(waitsNoMore().text)}</p>
      <a href={`/payments/${id}`}>{t('Xem khoản chi', 'See the payment')}</a>
    </Callout>
  );
}
