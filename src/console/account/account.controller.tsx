import { Body, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { AuditReads } from '../../audit/index.js';
import {
  beginSession,
  ChangePassword,
  CurrentActor,
  EndSessions,
  endSession,
  noSuchUser,
  PASSWORD_MAX_LENGTH,
  Requires,
  UserReads,
  type Actor,
} from '../../identity/index.js';
import { formOf, Pages, screen, seeOther, type Screen, type SeeOther } from '../kit/index.js';
import { newPasswordFields, passwordsAreOne, TWO_PASSWORDS } from '../users/password.form.js';
import { AccountPage } from './account.page.js';

const COMINGS_SHOWN = 10;
const COMINGS = [
  'session.opened',
  'session.closed',
  'session.refused',
  'session.all-ended',
  'session.all-ended-by-other',
  'user.password-changed',
];

const passwordForm = formOf({
  currentPassword: z.string().min(1).max(PASSWORD_MAX_LENGTH),
  ...newPasswordFields,
}).refine(passwordsAreOne, TWO_PASSWORDS);
const emptyForm = formOf({});

/** A person's own account. */
@Pages()
@Requires()
export class AccountPages {
  constructor(
    private readonly users: UserReads,
    private readonly audit: AuditReads,
    private readonly passwords: ChangePassword,
    private readonly ending: EndSessions,
  ) {}

  @Get('account')
  async show(@CurrentActor() actor: Actor): Promise<Screen> {
    const user = await this.users.find(actor.id);
    if (!user) throw noSuchUser();
    const comings = await this.audit.list(
      { subjectType: 'user', subjectId: user.id, actions: COMINGS },
      { beforeId: null, limit: COMINGS_SHOWN },
    );
    return screen({
      title: { vi: 'Tài khoản của tôi', en: 'My account' },
      body: <AccountPage user={user} comings={comings} />,
    });
  }

  /** All sessions have ended with it, this one too: what is told stands on the page of signing in. */
  @Post('account/password')
  async change(
    @Body({ schema: passwordForm }) form: z.infer<typeof passwordForm>,
    @CurrentActor() actor: Actor,
    @Req() request: Request,
  ): Promise<SeeOther> {
    const { password, currentPassword } = form;
    const address = request.ip ?? 'unknown';
    const userId = actor.id;
    await this.passwords.change({ actor, userId, password, currentPassword, address });
    await endSession(request);
    return seeOther('/sign-in');
  }

  /** The session of this browser begins anew in the new epoch; all others belong to the old one. */
  @Post('account/sessions/ending')
  async endOthers(
    @Body({ schema: emptyForm }) _: z.infer<typeof emptyForm>,
    @CurrentActor() actor: Actor,
    @Req() request: Request,
  ): Promise<SeeOther> {
    await beginSession(request, await this.ending.end(actor));
    return seeOther('/account', {
      vi: 'Đã kết thúc mọi phiên khác. Nếu nghi có người dùng tên của bạn, hãy đổi mật khẩu.',
      en: 'All other sessions have ended. Change your password if somebody may know it.',
    });
  }
}
