import { Get } from '@nestjs/common';
import { Requires } from '../../identity/index.js';
import { Pages, screen, type Screen } from '../kit/index.js';

/** The page after signing in. */
@Pages()
export class HomePages {
  @Get()
  @Requires()
  show(): Screen {
    return screen({ title: { vi: 'Trang chính', en: 'Home' }, body: <p>…</p> });
  }
}
