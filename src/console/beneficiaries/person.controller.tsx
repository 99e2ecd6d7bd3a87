import { Body, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  ConfirmAccount,
  CorrectName,
  RecordDeath,
  ReleaseHold,
  ReplaceAccount,
  RequestAccountChecks,
} from '../../beneficiaries/index.js';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import type { Bilingual } from '../../kernel/index.js';
import { Idempotent } from '../../platform/http/index.js';
import { Pages, seeOther, type SeeOther } from '../kit/index.js';
import {
  accountForm,
  confirmationForm,
  deathForm,
  deathTakenBackForm,
  nameForm,
  nothingMore,
  releaseForm,
} from './beneficiary.forms.js';

const idParameter = { schema: z.uuid() };

/** What officers change in a person's file, each with its reason or paper. */
@Pages()
export class PersonActs {
  constructor(
    private readonly replaceAccount: ReplaceAccount,
    private readonly confirmAccount: ConfirmAccount,
    private readonly requestChecks: RequestAccountChecks,
    private readonly correctName: CorrectName,
    private readonly releaseHold: ReleaseHold,
    private readonly recordDeath: RecordDeath,
  ) {}

  @Post('beneficiaries/:id/account')
  @Requires('beneficiary.read', 'beneficiary.write')
  @Idempotent()
  async account(
    @Param('id', idParameter) id: string,
    @Body({ schema: accountForm }) form: z.infer<typeof accountForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { _key: _, _from: __, ...order } = form;
    await this.replaceAccount.replace({ beneficiaryId: id, ...order }, actor);
    return done(id, {
      vi: 'Đã lưu tài khoản. Người khác cần xác nhận, hoặc hỏi ngân hàng tên chủ tài khoản.',
      en: 'The account is saved. Ask the bank whose it is, or let somebody else confirm it.',
    });
  }

  @Post('beneficiaries/:id/account-confirmations')
  @Requires('account.confirm')
  @Idempotent()
  async confirm(
    @Param('id', idParameter) id: string,
    @Body({ schema: confirmationForm }) form: z.infer<typeof confirmationForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { accountId, checkId, reference, note } = form;
    await this.confirmAccount.confirm(
      { beneficiaryId: id, accountId, checkId: checkId ?? null, reference, note: note ?? null },
      actor,
    );
    return done(id, {
      vi: 'Đã xác nhận tài khoản bằng giấy tờ.',
      en: 'The account is confirmed with a paper.',
    });
  }

  @Post('beneficiaries/:id/account-checks')
  @Requires('beneficiary.write')
  @Idempotent()
  async check(
    @Param('id', idParameter) id: string,
    @Body({ schema: nothingMore }) _form: z.infer<typeof nothingMore>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.requestChecks.ofBeneficiary(id, actor);
    return done(id, {
      vi: 'Đang hỏi ngân hàng. Kết quả có trong trang này khi ngân hàng trả lời.',
      en: 'The bank is being asked. The answer stands on this page when it has come.',
    });
  }

  @Post('beneficiaries/:id/name')
  @Requires('beneficiary.read', 'beneficiary.write')
  @Idempotent()
  async name(
    @Param('id', idParameter) id: string,
    @Body({ schema: nameForm }) form: z.infer<typeof nameForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { version, fullName, reason } = form;
    await this.correctName.correct({ beneficiaryId: id, version, fullName, reason }, actor);
    return done(id, { vi: 'Đã sửa họ tên.', en: 'The name is corrected.' });
  }

  @Post('beneficiaries/:id/hold-releases')
  @Requires('beneficiary.write')
  @Idempotent()
  async release(
    @Param('id', idParameter) id: string,
    @Body({ schema: releaseForm }) form: z.infer<typeof releaseForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.releaseHold.release({ beneficiaryId: id, reason: form.reason }, actor);
    return done(id, { vi: 'Đã bỏ tạm dừng chi.', en: 'The hold is released.' });
  }

  @Post('beneficiaries/:id/deaths')
  @Requires('beneficiary.write')
  @Idempotent()
  async death(
    @Param('id', idParameter) id: string,
    @Body({ schema: deathForm }) form: z.infer<typeof deathForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { diedOn, reason } = form;
    await this.recordDeath.record({ beneficiaryId: id, diedOn, reason }, actor);
    return done(id, { vi: 'Đã ghi nhận ngày mất.', en: 'The death is recorded.' });
  }

  @Post('beneficiaries/:id/deaths/withdrawals')
  @Requires('beneficiary.write')
  @Idempotent()
  async takeBack(
    @Param('id', idParameter) id: string,
    @Body({ schema: deathTakenBackForm }) form: z.infer<typeof deathTakenBackForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.recordDeath.record({ beneficiaryId: id, diedOn: null, reason: form.reason }, actor);
    return done(id, {
      vi: 'Đã thu hồi: người này không phải đã mất.',
      en: 'Taken back: this person has not died.',
    });
  }
}

const done = (id: string, text: Bilingual): SeeOther => seeOther(`/beneficiaries/${id}`, text);
