import { Controller, Headers, HttpCode, Param, Post, RawBody } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from '../../platform/http/index.js';
import { ReceiveNotice, type NoticeReceipt } from '../receive-notice.js';

const receiptSchema = z.object({
  noticeId: z.string().describe('the webhook-id that was sent'),
  kept: z
    .enum(['received', 'repeated', 'conflict'])
    .describe(
      'for the first time; the same again; the same id with another body, which is not applied',
    ),
});

type HeaderValues = Readonly<Record<string, string | string[] | undefined>>;

/** Its address: who knocks there signs each message, and has no session. */
export const NOTICE_DOOR = /^\/api\/v1\/banks\/[^/]+\/notices$/;

/** The banks' door. The signature over the raw body says who it is; there is no session and no key here. */
@ApiTags('notices')
@Controller('api/v1/banks')
export class ReceiveNoticeController {
  constructor(private readonly notices: ReceiveNotice) {}

  @Post(':bank/notices')
  @Public()
  @HttpCode(202)
  @ApiOperation({
    summary: 'A bank tells what became of payments',
    description:
      'Signed by Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature) over the very bytes of the ' +
      'body, at most 5 minutes from now. Answered only after the notice is kept; the same again is welcome. ' +
      "The body is the bank's own format, which its adapter reads.",
  })
  @ApiHeader({ name: 'webhook-id', required: true, description: 'unique for each notice' })
  @ApiHeader({ name: 'webhook-timestamp', required: true, description: 'Unix seconds' })
  @ApiHeader({ name: 'webhook-signature', required: true, description: '`v1,` and base64' })
  @ApiBody({ schema: { type: 'object', additionalProperties: true } })
  @ApiAcceptedResponse({ standardSchema: receiptSchema })
  @ApiResponse({ status: 400, description: 'genuine, but not of the documented form' })
  @ApiResponse({ status: 401, description: 'the signature or its time is wrong' })
  @ApiResponse({ status: 404, description: 'no such bank, or it sends no notices' })
  @ApiResponse({ status: 413, description: 'larger than 1 MiB' })
  receive(
    @Param('bank') bank: string,
    @Headers() headers: HeaderValues,
    @RawBody() body: Buffer | undefined,
  ): Promise<NoticeReceipt> {
    return this.notices.receive(bank, { headers: single(headers), body: body ?? Buffer.alloc(0) });
  }
}

/** A header that came twice is ambiguous and counts as absent. */
function single(headers: HeaderValues): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? undefined : value,
    ]),
  );
}
