import { resolve } from 'node:path';
import type { DynamicModule } from '@nestjs/common';
import { bankFileSchema, BankRegistry, BanksModule } from '../../src/banks/index.js';
import { SystemClock, type Clock } from '../../src/kernel/index.js';
import { loadYaml } from '../../src/platform/config/index.js';

export const NOTICE_SECRET = `whsec_${Buffer.from('a secret only for testing').toString('base64')}`;

const variables: Record<string, string | undefined> = {
  BANK_SANDBOX_URL: 'http://127.0.0.1:4010',
  BANK_SANDBOX_KEY_ID: 'demo',
  BANK_SANDBOX_SECRET: NOTICE_SECRET,
  BANK_SANDBOX_NOTICE_SECRET: NOTICE_SECRET,
};

const source = { configDir: resolve('config'), variable: (name: string) => variables[name] };

/** The repository's banks, with an address and secrets for testing. */
export function testBanks(clock: Clock): BankRegistry {
  return BankRegistry.load(source, clock);
}

/** The banks as a module, for what is tried over HTTP. */
export function testBanksModule(): DynamicModule {
  return BanksModule.register(testBanks(new SystemClock()));
}

/** A registry with one bank, which pays to Agribank (970405) and nobody else unless its file says otherwise. */
export function oneBankOnly(clock: Clock, odd: Record<string, unknown> = {}): BankRegistry {
  const file = loadYaml(source, 'banks/sandbox.yaml', bankFileSchema);
  return BankRegistry.of([bankFileSchema.parse({ ...file, receives: ['970405'], ...odd })], clock);
}
