import { Injectable } from '@nestjs/common';

/** Set before the end of the process begins: who spreads requests over processes takes this one out first. */
@Injectable()
export class Ending {
  private begun = false;

  get isUnderWay(): boolean {
    return this.begun;
  }

  begin(): void {
    this.begun = true;
  }
}
