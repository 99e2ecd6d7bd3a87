import { readdirSync, readFileSync } from 'node:fs';
import { SystemClock } from '../kernel/index.js';
import { loadYaml } from '../platform/config/index.js';
import { BankRegistry } from './bank.registry.js';
import { bankFileSchema } from './bank.settings.js';

const FOLDER = 'banks/examples';
const names = readdirSync(`config/${FOLDER}`);

/** What a variable might hold; by its name, since each has a form of its own. */
const STAND_INS: readonly (readonly [RegExp, string])[] = [
  [/HOST_KEY$/, `SHA256:${'A'.repeat(43)}`],
  [
    /PRIVATE_KEY$/,
    '-----BEGIN OPENSSH PRIVATE KEY-----\\nAAAA\\n-----END OPENSSH PRIVATE KEY-----',
  ],
  [/SECRET$/, `whsec_${Buffer.alloc(24, 7).toString('base64')}`],
  [/URL$/, 'https://bank.example'],
];
const standIn = (name: string) => STAND_INS.find(([form]) => form.test(name))?.[1] ?? '123456';

describe('the examples of bank files', () => {
  it.each(names)('%s is right once its variables are set', (name) => {
    const source = { configDir: 'config', variable: standIn };
    const file = loadYaml(source, `${FOLDER}/${name}`, bankFileSchema);
    const banks = BankRegistry.of([file], new SystemClock());
    expect(banks.all()).toHaveLength(1);
  });

  it.each(names)('%s says that the bank has to confirm it, and holds no secret', (name) => {
    const text = readFileSync(`config/${FOLDER}/${name}`, 'utf8');
    // The sandbox bank is ours, so there is nobody to ask.
    const first = name.startsWith('sandbox-') ? /sandbox bank/ : /TO BE CONFIRMED WITH THE BANK/;
    expect(text.split('\n')[0]).toMatch(first);
    expect(text).not.toMatch(
      /whsec_|BEGIN .*PRIVATE KEY|(password|passphrase|secret|Key): (?!\$\{)\S/,
    );
  });
});
