import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import { forgetRings } from './sweep.store.js';

/** The rings that went out for submissions, for whoever knows that the queue has lost them. */
@Injectable()
export class SubmissionRings {
  /**
   * Takes them back, in the caller's transaction: the sweepers ring anew within a second. A job that was not lost
   * after all finds its submission claimed or sent, and does nothing.
   */
  forget(tx: Tx, bankCode: string | null): Promise<number> {
    return forgetRings(tx, bankCode);
  }
}
