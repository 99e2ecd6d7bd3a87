import { BadRequestException, Controller, Get, Put, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { conductChangeSchema, type Conduct } from '../conduct.js';
import { SandboxBank } from '../sandbox-bank.js';
import { namesSchema } from '../sandbox-wire.js';
import { rawBody } from './door.middleware.js';

const PAGE = 5000;
const creditsQuerySchema = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .default('0'),
});

/** What only a sandbox has: a look into its books, and its moods. Not signed; it listens on loopback. */
@Controller('sandbox')
export class SandboxController {
  constructor(private readonly bank: SandboxBank) {}

  @Get('books')
  books() {
    return this.bank.totals();
  }

  @Get('credits')
  async credits(@Query() query: unknown) {
    const { after } = checked(creditsQuerySchema, query);
    const items = await this.bank.credits({ after, limit: PAGE });
    return { items, nextAfter: items.length === PAGE ? (items.at(-1)?.entryId ?? null) : null };
  }

  @Get('mood')
  mood(): Conduct {
    return this.bank.conduct;
  }

  @Put('mood')
  change(@Req() request: Request, @Res() response: Response): void {
    const change = checked(conductChangeSchema, jsonBody(request));
    // Closed only after this answer has left.
    response.on('finish', () => this.bank.behave(change));
    response.status(200).json({ ...this.bank.conduct, ...change });
  }

  @Put('accounts')
  async accounts(@Req() request: Request, @Res() response: Response) {
    const { accounts } = checked(namesSchema, jsonBody(request));
    await this.bank.learnNames(accounts);
    response.status(200).json({ accounts: accounts.length });
  }
}

export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BadRequestException(z.prettifyError(parsed.error));
}

function jsonBody(request: Request): unknown {
  try {
    return JSON.parse(rawBody(request).toString()) as unknown;
  } catch {
    throw new BadRequestException('the body is JSON');
  }
}
