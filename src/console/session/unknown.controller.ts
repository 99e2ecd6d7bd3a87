import { Get } from '@nestjs/common';
import { Public } from '../../identity/index.js';
import { noSuchRoute } from '../../platform/http/index.js';
import { Pages } from '../kit/index.js';

/** Every address that nobody else answers; the last controller of the program. */
@Pages()
export class UnknownPages {
  @Get('*path')
  @Public()
  nothing(): never {
    throw noSuchRoute();
  }
}
