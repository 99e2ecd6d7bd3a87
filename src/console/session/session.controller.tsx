import { Body, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import {
  beginSession,
  CurrentActor,
  endSession,
  Public,
  Requires,
  SignIn,
  SignOut,
  type Actor,
} from '../../identity/index.js';
import { DomainError } from '../../kernel/index.js';
import { STATUS } from '../../platform/http/index.js';
import {
  formOf,
  LANGUAGE_COOKIE,
  ownPath,
  Pages,
  screen,
  seeOther,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { SignInPage } from './session.page.js';

const signInQuery = z.object({ next: z.string().max(2_000).optional() });
const signInForm = formOf({
  login: z.string().max(200),
  password: z.string().max(1_000),
  next: z.string().max(2_000).optional(),
});
const languageForm = formOf({ language: z.enum(['vi', 'en']) });
const A_YEAR_MS = 365 * 24 * 3_600_000;

/** Coming in, going out, and the language. */
@Pages()
export class SessionPages {
  constructor(
    private readonly signIn: SignIn,
    private readonly signOut: SignOut,
  ) {}

  @Get('sign-in')
  @Public()
  show(@Query({ schema: signInQuery }) query: z.infer<typeof signInQuery>): Screen {
    return page({ next: ownPath(query.next) ?? '/', login: '' });
  }

  /** Answers the form itself when it refuses: before signing in there is no session to keep a word in. */
  @Post('sign-in')
  @Public()
  async enter(
    @Body({ schema: signInForm }) form: z.infer<typeof signInForm>,
    @Req() request: Request,
  ): Promise<Screen | SeeOther> {
    const next = ownPath(form.next) ?? '/';
    try {
      const address = request.ip ?? 'unknown';
      const { login, password } = form;
      await beginSession(request, await this.signIn.signIn({ login, password, address }));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return page({ next, login: form.login, refusal: error });
    }
    return seeOther(next);
  }

  @Post('sign-out')
  @Requires()
  async leave(@CurrentActor() actor: Actor, @Req() request: Request): Promise<SeeOther> {
    await this.signOut.signOut(actor);
    await endSession(request);
    return seeOther('/sign-in');
  }

  @Post('language')
  @Public()
  switchLanguage(
    @Body({ schema: languageForm }) form: z.infer<typeof languageForm>,
    @Res({ passthrough: true }) response: Response,
  ): SeeOther {
    response.cookie(LANGUAGE_COOKIE, form.language, {
      httpOnly: true,
      sameSite: 'lax',
      maxAge: A_YEAR_MS,
      path: '/',
    });
    return seeOther(ownPath(form._from) ?? '/');
  }
}

function page(props: { next: string; login: string; refusal?: DomainError }): Screen {
  return screen({
    title: { vi: 'Đăng nhập', en: 'Sign in' },
    bare: true,
    status: props.refusal ? STATUS[props.refusal.kind] : 200,
    body: <SignInPage {...props} />,
  });
}
