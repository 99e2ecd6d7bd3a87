import { Body, Get, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { z } from 'zod';
import {
  ApiKeyReads,
  CreateApiKey,
  CurrentActor,
  KEY_PERMISSIONS,
  loginSchema,
  Requires,
  RevokeApiKey,
  type Actor,
} from '../../identity/index.js';
import { Clock, officeDate, startOfOfficeDay } from '../../kernel/index.js';
import { decodeCursor, Idempotent, pageOf, say } from '../../platform/http/index.js';
import {
  dayField,
  formOf,
  many,
  Pages,
  screen,
  seeOther,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { ApiKeyList, NewApiKey, NewKeyLink } from './api-keys.page.js';
import { MadeKeyInterceptor, type KeyAnswer } from './made-key.interceptor.js';

const SHOWN = 50;
const DAY_MS = 24 * 3_600_000;
/** Suggested life of a key. */
const A_YEAR_MS = 365 * DAY_MS;

const listQuery = z.object({ cursor: z.string().max(1000).optional() });
const createForm = formOf({
  name: loginSchema,
  expiresOn: dayField(),
  permissions: many(z.enum(KEY_PERMISSIONS)).refine((permissions) => permissions.length > 0, {
    error: say({ vi: 'Chọn ít nhất một quyền.', en: 'Choose at least one.' }),
  }),
});
const emptyForm = formOf({});

/** Keys of other systems: made, shown once, revoked. */
@Pages()
@Requires('user.manage')
export class ApiKeyPages {
  constructor(
    private readonly keys: ApiKeyReads,
    private readonly creating: CreateApiKey,
    private readonly revoking: RevokeApiKey,
    private readonly clock: Clock,
  ) {}

  @Get('admin/api-keys')
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>): Promise<Screen> {
    const beforeId = decodeCursor(query.cursor, z.uuid());
    const found = await this.keys.list({ beforeId, limit: SHOWN + 1 });
    const { items, nextCursor } = pageOf(found, SHOWN, { item: (key) => key, key: ({ id }) => id });
    return screen({
      title: { vi: 'Khóa API', en: 'API keys' },
      actions: <NewKeyLink />,
      body: <ApiKeyList keys={items} nextCursor={nextCursor} />,
    });
  }

  @Get('admin/api-keys/new')
  blank(): Screen {
    const lastDay = officeDate(new Date(this.clock.now().getTime() + A_YEAR_MS));
    return screen({
      title: { vi: 'Tạo khóa API', en: 'A new API key' },
      crumbs: [{ href: '/admin/api-keys', text: { vi: 'Khóa API', en: 'API keys' } }],
      body: <NewApiKey lastDay={lastDay} />,
    });
  }

  @Post('admin/api-keys')
  @Idempotent({ shownOnce: ['token'] })
  @UseInterceptors(MadeKeyInterceptor)
  async create(
    @Body({ schema: createForm }) form: z.infer<typeof createForm>,
    @CurrentActor() actor: Actor,
  ): Promise<KeyAnswer> {
    const { name, permissions, expiresOn } = form;
    const expiresAt = new Date(startOfOfficeDay(expiresOn).getTime() + DAY_MS);
    const { token } = await this.creating.create({ actor, name, permissions, expiresAt });
    return { name, token };
  }

  @Post('admin/api-keys/:id/revocations')
  @Idempotent()
  async revoke(
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: emptyForm }) _: z.infer<typeof emptyForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.revoking.revoke({ actor, id });
    return seeOther('/admin/api-keys', { vi: 'Đã thu hồi khóa.', en: 'The key was revoked.' });
  }
}
