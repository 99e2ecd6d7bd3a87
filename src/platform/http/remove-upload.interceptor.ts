import { rm } from 'node:fs/promises';
import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request } from 'express';
import { finalize, type Observable } from 'rxjs';
import { logger } from '../logging/index.js';

const log = logger('http');

/** What multer leaves of a file it has written to disk. */
export interface StoredUpload {
  readonly path: string;
  readonly originalname: string;
}

/** Removes the uploaded file when the request has ended, also when its stored answer was only replayed. */
@Injectable()
export class RemoveUpload implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { file } = context.switchToHttp().getRequest<Request & { file?: StoredUpload }>();
    return next.handle().pipe(
      finalize(() => {
        if (!file?.path) return;
        rm(file.path, { force: true }).catch(() => log.warn('an uploaded file stayed behind'));
      }),
    );
  }
}
