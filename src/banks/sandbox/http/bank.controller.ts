import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { moodOf } from '../moods.js';
import { SandboxBank } from '../sandbox-bank.js';
import {
  accountSchema,
  enquirySchema,
  orderSchema,
  statementQuerySchema,
  submissionSchema,
} from '../sandbox-wire.js';
import type { Message, Taken } from '../booking.rules.js';
import { breakConnection, neverAnswer, nothingAccepted, problem } from './answers.js';
import { rawBody } from './door.middleware.js';

/** The bank's side of wire.openapi.yaml. */
@Controller(':bank')
export class BankController {
  constructor(private readonly bank: SandboxBank) {}

  @Post('payments')
  async pay(@Param('bank') bank: string, @Req() request: Request, @Res() response: Response) {
    const order = read(request, response, orderSchema);
    if (!order || !keyFits(request, response, order.reference)) return;
    await this.take({ bank, kind: 'single', orders: [order] }, response, (statuses) => statuses[0]);
  }

  @Post('submissions')
  async payMany(@Param('bank') bank: string, @Req() request: Request, @Res() response: Response) {
    const message = read(request, response, submissionSchema);
    if (!message || !keyFits(request, response, message.reference)) return;
    await this.take({ bank, kind: 'bulk', orders: message.payments }, response, (payments) => ({
      reference: message.reference,
      payments,
    }));
  }

  @Post('enquiries')
  async enquire(@Param('bank') bank: string, @Req() request: Request, @Res() response: Response) {
    const enquiry = read(request, response, enquirySchema);
    if (!enquiry) return;
    const references = enquiry.payments.map((payment) => payment.reference);
    response.status(200).json({ payments: await this.bank.enquire(bank, references) });
  }

  @Post('account-inquiries')
  async verifyAccount(@Req() request: Request, @Res() response: Response) {
    const account = read(request, response, accountSchema);
    if (!account) return;
    const mood = moodOf(account.accountNumber);
    if (mood?.before) return this.keepOut(response, mood.before);
    const answer = await this.bank.nameOf(account);
    if (answer || mood?.after) await this.answer(response, mood?.after, answer);
    else problem(response, { status: 404, code: 'cannot-tell', title: 'No name is known for it' });
  }

  @Get('statements')
  async statement(@Param('bank') bank: string, @Req() request: Request, @Res() response: Response) {
    const asked = statementQuerySchema.safeParse(request.query);
    if (asked.success)
      response.status(200).json(await this.bank.statement({ bank, ...asked.data }));
    else
      problem(response, {
        status: 400,
        code: 'malformed',
        title: 'The query is not of the documented form',
      });
  }

  private async take(
    message: Message,
    response: Response,
    frame: (statuses: Extract<Taken, { kind: 'booked' }>['statuses']) => unknown,
  ): Promise<void> {
    const taken = await this.bank.take(message);
    switch (taken.kind) {
      case 'reference-reused':
        problem(response, {
          status: 422,
          code: 'reference-reused',
          title: 'The reference was used for another order',
          reference: taken.reference,
        });
        return;
      case 'nothing':
        this.keepOut(response, taken.mishap);
        return;
      case 'booked':
        await this.answer(response, taken.mishap, frame(taken.statuses));
    }
  }

  private keepOut(response: Response, mishap: Extract<Taken, { kind: 'nothing' }>['mishap']): void {
    switch (mishap) {
      case 'refused':
        return nothingAccepted(response, 503, 'Busy');
      case 'too-many':
        return nothingAccepted(response, 429, 'Too many at once');
      case 'error':
        return problem(response, { status: 500, code: 'internal-error', title: 'Something broke' });
      case 'reset':
        return breakConnection(response);
    }
  }

  private async answer(
    response: Response,
    mishap: Extract<Taken, { kind: 'booked' }>['mishap'],
    body: unknown,
  ): Promise<void> {
    if (mishap === 'lost') return breakConnection(response);
    if (mishap === 'silent') return neverAnswer(response, this.bank.conduct.hangMs);
    if (mishap === 'slow') await new Promise((wake) => setTimeout(wake, this.bank.conduct.slowMs));
    if (mishap === 'garbage') response.status(200).type('application/json').send('{"status":"AC');
    else response.status(200).json(body);
  }
}

/** Undefined when it was not of the documented form; then the refusal is already sent. */
function read<T>(request: Request, response: Response, schema: z.ZodType<T>): T | undefined {
  const parsed = schema.safeParse(jsonOf(rawBody(request)));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  nothingAccepted(response, 400, `Not of the documented form at: ${where}`);
  return undefined;
}

function keyFits(request: Request, response: Response, reference: string): boolean {
  if (request.header('idempotency-key') === reference) return true;
  nothingAccepted(response, 400, 'Idempotency-Key is the reference of the body');
  return false;
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined;
  }
}
