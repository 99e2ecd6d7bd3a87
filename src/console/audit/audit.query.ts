import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { AuditFilter } from '../../audit/index.js';
import { ApiKeyReads, UserReads } from '../../identity/index.js';
import { foldText, startOfOfficeDay } from '../../kernel/index.js';
import { say } from '../../platform/http/index.js';
import { dayField, optional } from '../kit/index.js';
import { actsOf, AREAS, type Area } from './audit.words.js';

const DAY_MS = 24 * 3_600_000;
/** More people than these of one name are not looked for. */
const MOST_PEOPLE = 50;
const MOST_KEYS = 1_000;
const SYSTEM_WORDS = ['he thong', 'system', 'chitra'];

/** A mistyped day is refused: what was asked for must not turn into everything. */
const day = optional(dayField());

export const auditFilter = z.object({
  who: optional(z.string().trim().max(140)),
  area: optional(z.enum(Object.keys(AREAS) as [Area, ...Area[]])),
  from: day,
  to: day,
  thing: optional(z.string().max(100)),
  id: optional(z.string().max(200)),
  cursor: z.string().max(1000).optional(),
});

export const verificationQuery = z
  .object({
    run: z.literal('1').optional(),
    seq: optional(z.string().regex(/^\d{1,18}$/)),
    hash: optional(
      z
        .string()
        .trim()
        .regex(/^[0-9a-f]{64}$/),
    ),
  })
  .refine(({ seq, hash }) => (seq === undefined) === (hash === undefined), {
    error: say({
      vi: 'Nhập cả số và dấu của đầu chuỗi, hoặc để trống cả hai.',
      en: 'Enter both the number and the seal of the head, or neither.',
    }),
  });

/** What a person asks the trail, as the trail is asked: names become the ids of who bears them. */
@Injectable()
export class AuditQuestions {
  constructor(
    private readonly users: UserReads,
    private readonly keys: ApiKeyReads,
  ) {}

  async filterOf(asked: Omit<z.infer<typeof auditFilter>, 'cursor'>): Promise<AuditFilter> {
    const { who, area, from, to, thing, id } = asked;
    return {
      actorIds: who === undefined ? undefined : await this.actorsCalled(who),
      actions: area === undefined ? undefined : actsOf(area),
      subjectType: thing,
      subjectId: thing === undefined ? undefined : id,
      from: from === undefined ? undefined : startOfOfficeDay(from),
      until: to === undefined ? undefined : new Date(startOfOfficeDay(to).getTime() + DAY_MS),
    };
  }

  private async actorsCalled(who: string): Promise<string[]> {
    const folded = foldText(who);
    const page = { afterLogin: null, limit: MOST_PEOPLE };
    const people = await this.users.list({ search: who }, page);
    const exact = people.filter(({ login }) => login === folded);
    if (exact.length > 0) return exact.map(({ id }) => id);
    const keys = await this.keys.list({ beforeId: null, limit: MOST_KEYS });
    return [
      ...people.map(({ id }) => id),
      ...keys.filter(({ name }) => name.includes(folded)).map(({ id }) => id),
      ...(SYSTEM_WORDS.includes(folded) ? ['system'] : []),
    ];
  }
}
