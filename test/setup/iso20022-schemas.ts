import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { validateXML } from 'xmllint-wasm';

/** The schemas are no part of this project: they are looked for beside it. */
const FOLDER = process.env.ISO20022_SCHEMAS ?? resolve('../shared/iso20022');

const MEMORY_PAGES_MAX = 32_768;

export type SchemaName =
  'pain.001.001.09' | 'pain.002.001.10' | 'camt.052.001.08' | 'camt.053.001.08' | 'camt.054.001.08';

const pathOf = (name: SchemaName) => join(FOLDER, `${name}.xsd`);

/** What xmllint finds wrong with a message by its schema; empty when nothing. */
export async function schemaFaults(
  name: SchemaName,
  messages: readonly string[],
): Promise<string[]> {
  const { errors } = await validateXML({
    xml: messages.map((contents, at) => ({ fileName: `message-${at}.xml`, contents })),
    schema: [{ fileName: `${name}.xsd`, contents: readFileSync(pathOf(name), 'utf8') }],
    maxMemoryPages: MEMORY_PAGES_MAX,
  });
  return errors.map(({ rawMessage }) => rawMessage);
}

/**
 * A suite that needs schemas of ISO 20022. Where they are missing, one test says that it was left out and why; also
 * in CI, since they are not ours to ship.
 */
export function describeWithSchemas(
  name: string,
  schemas: readonly SchemaName[],
  suite: () => void,
): void {
  const missing = schemas.filter((schema) => !existsSync(pathOf(schema)));
  if (missing.length === 0) {
    describe(name, suite);
    return;
  }
  describe(name, () => {
    it(`is left out: there is no ${missing.join(', ')} where ISO20022_SCHEMAS points`, () => {
      process.stderr.write(`left out: "${name}", because the schemas of ISO 20022 are missing\n`);
      expect(missing).not.toEqual([]);
    });
  });
}
