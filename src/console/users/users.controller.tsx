import { Body, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { AuditReads } from '../../audit/index.js';
import {
  ChangePassword,
  ChangeRoles,
  CreateUser,
  CurrentActor,
  DisableUser,
  EnableUser,
  EndSessions,
  LiveSessions,
  loginSchema,
  noSuchUser,
  RegisterSignatory,
  Requires,
  ROLES,
  UserReads,
  type Actor,
} from '../../identity/index.js';
import { decodeCursor, Idempotent, pageOf, say } from '../../platform/http/index.js';
import {
  formOf,
  many,
  optional,
  Pages,
  screen,
  seeOther,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { newPasswordFields, passwordsAreOne, TWO_PASSWORDS } from './password.form.js';
import { NewUser } from './new-user.page.js';
import { RolesPage } from './roles.page.js';
import { SESSIONS_SHOWN } from './user-sessions.js';
import { UserPage } from './user.page.js';
import { NewUserLink, UserList } from './users.page.js';

const SHOWN = 50;
const ACTS_SHOWN = 10;
const SIGNED_IN = 'session.opened';
const idParameter = { schema: z.uuid() };

const userFilter = z.object({
  q: optional(z.string().trim().max(100)),
  role: optional(z.enum(ROLES)),
  state: optional(z.enum(['active', 'disabled'])),
  cursor: z.string().max(1000).optional(),
});
const roles = many(z.enum(ROLES)).refine((chosen) => chosen.length > 0, {
  error: say({ vi: 'Chọn ít nhất một vai trò.', en: 'Choose at least one role.' }),
});
const createForm = formOf({
  displayName: z.string().trim().min(1).max(140),
  login: loginSchema,
  roles,
  ...newPasswordFields,
}).refine(passwordsAreOne, TWO_PASSWORDS);
const passwordForm = formOf(newPasswordFields).refine(passwordsAreOne, TWO_PASSWORDS);
const rolesForm = formOf({ roles });
const signatureForm = formOf({ signature: z.enum(['first', 'second']) });
const emptyForm = formOf({});

const CRUMB = { href: '/admin/users', text: { vi: 'Người dùng', en: 'Users' } };

/** People who may come in: who they are, and what they may do. */
@Pages()
@Requires('user.manage')
export class UserPages {
  constructor(
    private readonly users: UserReads,
    private readonly audit: AuditReads,
    private readonly creating: CreateUser,
    private readonly disabling: DisableUser,
    private readonly passwords: ChangePassword,
    private readonly registering: RegisterSignatory,
    private readonly changing: ChangeRoles,
    private readonly enabling: EnableUser,
    private readonly ending: EndSessions,
    private readonly sessions: LiveSessions,
  ) {}

  @Get('admin/users')
  async list(@Query({ schema: userFilter }) query: z.infer<typeof userFilter>): Promise<Screen> {
    const { cursor, ...filter } = query;
    const afterLogin = decodeCursor(cursor, z.string());
    const found = await this.users.list(
      { search: filter.q, role: filter.role, state: filter.state },
      { afterLogin, limit: SHOWN + 1 },
    );
    const { items, nextCursor } = pageOf(found, SHOWN, { item: (user) => user, key: loginOf });
    const actorIds = items.map(({ id }) => id);
    const lastSeen = await this.audit.lastTimes({ actorIds, action: SIGNED_IN });
    return screen({
      title: { vi: 'Người dùng', en: 'Users' },
      actions: <NewUserLink />,
      body: <UserList filter={filter} users={items} nextCursor={nextCursor} lastSeen={lastSeen} />,
    });
  }

  @Get('admin/users/roles')
  roles(): Screen {
    return screen({
      title: { vi: 'Ai được và không được làm gì', en: 'Who may and may not do what' },
      crumbs: [CRUMB],
      body: <RolesPage />,
    });
  }

  @Get('admin/users/new')
  blank(): Screen {
    return screen({
      title: { vi: 'Thêm người dùng', en: 'A new user' },
      crumbs: [CRUMB],
      body: <NewUser />,
    });
  }

  @Post('admin/users')
  @Idempotent({ secretFields: ['password', 'passwordAgain'] })
  async create(
    @Body({ schema: createForm }) form: z.infer<typeof createForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { displayName, login, roles, password } = form;
    const made = await this.creating.create({ actor, displayName, login, roles, password });
    return seeOther(`/admin/users/${made.userId}`, {
      vi: `Đã tạo người dùng ${login}. Đưa mật khẩu tận tay cho họ.`,
      en: `The user ${login} was created. Hand the password over in person.`,
    });
  }

  @Get('admin/users/:id')
  async one(@Param('id', idParameter) id: string): Promise<Screen> {
    const user = await this.users.find(id);
    if (!user) throw noSuchUser();
    const lastTimes = await this.audit.lastTimes({ actorIds: [id], action: SIGNED_IN });
    const page = { beforeId: null, limit: ACTS_SHOWN };
    const acts = await this.audit.list({ actorIds: [id] }, page);
    const sessions = await this.sessions.of(id, SESSIONS_SHOWN);
    const { displayName } = user;
    return screen({
      title: { vi: displayName, en: displayName },
      crumbs: [CRUMB],
      body: (
        <UserPage
          user={user}
          lastSeen={lastTimes.get(id) ?? null}
          sessions={sessions}
          acts={acts}
        />
      ),
    });
  }

  /** The same password set twice is the same password, so no key is asked for. */
  @Post('admin/users/:id/password')
  async setPassword(
    @Param('id', idParameter) id: string,
    @Body({ schema: passwordForm }) { password }: z.infer<typeof passwordForm>,
    @CurrentActor() actor: Actor,
    @Req() request: Request,
  ): Promise<SeeOther> {
    const address = request.ip ?? 'unknown';
    await this.passwords.change({ actor, userId: id, password, address });
    return seeOther(`/admin/users/${id}`, {
      vi: 'Đã đặt mật khẩu mới; người này phải đăng nhập lại.',
      en: 'The new password is set; the person has to sign in anew.',
    });
  }

  @Post('admin/users/:id/signature')
  @Idempotent()
  async register(
    @Param('id', idParameter) id: string,
    @Body({ schema: signatureForm }) { signature }: z.infer<typeof signatureForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.registering.register({ actor, userId: id, signature });
    return seeOther(`/admin/users/${id}`, {
      vi: 'Đã đăng ký chữ ký.',
      en: 'The signature is registered.',
    });
  }

  @Post('admin/users/:id/disable')
  @Idempotent()
  async disable(
    @Param('id', idParameter) id: string,
    @Body({ schema: emptyForm }) _: z.infer<typeof emptyForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.disabling.disable({ actor, userId: id });
    return seeOther(`/admin/users/${id}`, {
      vi: 'Đã khóa tài khoản.',
      en: 'The account is disabled.',
    });
  }

  @Post('admin/users/:id/enable')
  @Idempotent({ secretFields: ['password', 'passwordAgain'] })
  async enable(
    @Param('id', idParameter) id: string,
    @Body({ schema: passwordForm }) { password }: z.infer<typeof passwordForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.enabling.enable({ actor, userId: id, password });
    return seeOther(`/admin/users/${id}`, {
      vi: 'Đã mở lại tài khoản. Đưa mật khẩu mới tận tay cho họ.',
      en: 'The account is enabled again. Hand the new password over in person.',
    });
  }

  @Post('admin/users/:id/roles')
  @Idempotent()
  async changeRoles(
    @Param('id', idParameter) id: string,
    @Body({ schema: rolesForm }) form: z.infer<typeof rolesForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const changed = await this.changing.change({ actor, userId: id, roles: form.roles });
    const told = changed
      ? {
          vi: 'Đã đổi vai trò; người này phải đăng nhập lại.',
          en: 'The roles are changed; the person has to sign in anew.',
        }
      : {
          vi: 'Vai trò vẫn như cũ; không có gì thay đổi.',
          en: 'These are the roles they had; nothing was changed.',
        };
    return seeOther(`/admin/users/${id}`, told);
  }

  @Post('admin/users/:id/sessions/ending')
  @Idempotent()
  async endSessions(
    @Param('id', idParameter) id: string,
    @Body({ schema: emptyForm }) _: z.infer<typeof emptyForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.ending.endOf({ actor, userId: id });
    return seeOther(`/admin/users/${id}`, {
      vi: 'Đã kết thúc mọi phiên của người này.',
      en: 'All sessions of this person have ended.',
    });
  }
}

const loginOf = ({ login }: { login: string }): string => login;
