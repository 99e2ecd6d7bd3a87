import { Global, Module } from '@nestjs/common';
import { SignatoryRegister } from './signatory.read.js';

/** Who is asking and what they may do. Global: every controller asks. */
@Global()
@Module({ providers: [SignatoryRegister], exports: [SignatoryRegister] })
export class IdentityModule {}
