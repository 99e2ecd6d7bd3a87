import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { screen } from '../kit/index.js';
import { MadeKey } from './api-keys.page.js';

/** What the making of a key answers, and what of it is stored: the token never is (`shownOnce`). */
export interface KeyAnswer {
  readonly name: string;
  readonly token: string | null;
}

/**
 * Shows a new key as the answer of its own POST. A redirect would have to carry the secret through a session or an
 * address, and both are kept; the stored answer of the idempotency key is without it, so that sending the form again
 * shows that there was a key and not the key. Stands below `@Idempotent`, to see what that answers.
 */
@Injectable()
export class MadeKeyInterceptor implements NestInterceptor<KeyAnswer> {
  intercept(_: ExecutionContext, next: CallHandler<KeyAnswer>): Observable<unknown> {
    return next.handle().pipe(
      map(({ name, token }) =>
        screen({
          title: { vi: 'Khóa API mới', en: 'A new API key' },
          crumbs: [{ href: '/admin/api-keys', text: { vi: 'Khóa API', en: 'API keys' } }],
          body: <MadeKey name={name} token={token} />,
        }),
      ),
    );
  }
}
