import { Controller, Get, Post } from '@nestjs/common';
import { Requires } from '../../src/identity/index.js';

/** Two routes to try on who may pass. */
@Controller('probe')
export class ProbeController {
  @Get()
  @Requires('payment.read')
  read() {
    return { ok: true };
  }

  @Post()
  @Requires('batch.sign')
  sign() {
    return { ok: true };
  }
}
