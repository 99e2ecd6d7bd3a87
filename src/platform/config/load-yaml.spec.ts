import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';
import { Money } from '../../kernel/index.js';
import { listYaml, loadJson, loadYaml, madeOf, SettingsError } from './index.js';

const schema = z.strictObject({
  name: z.string(),
  url: z.string(),
  limits: z.strictObject({ max: z.int().max(100) }).optional(),
  list: z.array(z.string()).optional(),
});

describe('a configuration file', () => {
  const configDir = mkdtempSync(join(tmpdir(), 'chitra-config-'));
  afterAll(() => rmSync(configDir, { recursive: true }));

  const load = (text: string, variables: Record<string, string> = {}) => {
    writeFileSync(join(configDir, 'bank.yaml'), text);
    return loadYaml({ configDir, variable: (name) => variables[name] }, 'bank.yaml', schema);
  };
  const refusal = (text: string, variables: Record<string, string> = {}): string => {
    try {
      load(text, variables);
    } catch (error) {
      if (error instanceof SettingsError) return error.message;
      throw error;
    }
    throw new Error('it was taken');
  };
  const source = { configDir, variable: () => undefined };

  it('that is not there is named', () => {
    expect(() => loadYaml(source, 'none.yaml', schema)).toThrow('CONFIG_DIR: none.yaml cannot be');
    expect(() => listYaml(source, 'nowhere')).toThrow('CONFIG_DIR: nowhere/ cannot be read');
  });

  it('that is not YAML is named with the place, and nothing of it is told', () => {
    const message = refusal('name: a\nurl: "geheim\nother: [');
    expect(message).toMatch(/bank\.yaml: is not YAML \(line \d+, column \d+\)/);
    expect(message).not.toContain('geheim');
  });

  it('with a wrong, missing or unknown field is named with the field', () => {
    const message = refusal('name: a\nlimits: { max: 101 }\nmisspelt: 1');
    expect(message).toContain('bank.yaml: url: ');
    expect(message).toContain('bank.yaml: limits.max: ');
    expect(message).toContain('misspelt');
  });

  it('that contradicts itself is named, and a fault of ours is not taken for that', () => {
    const contradicts = () => madeOf('a.yaml', () => Money.of('x'));
    expect(contradicts).toThrow(SettingsError);
    expect(contradicts).toThrow('a.yaml: invalid money');
    const fault = () => madeOf('a.yaml', () => decodeURIComponent('%'));
    expect(fault).toThrow(URIError);
    expect(madeOf('a.yaml', () => 7)).toBe(7);
  });

  it('that is not JSON is named', () => {
    writeFileSync(join(configDir, 'places.json'), '{"name": "geheim"');
    expect(() => loadJson(source, 'places.json', schema)).toThrow('places.json: is not JSON');
    writeFileSync(join(configDir, 'places.json'), '{"name":"a","url":"b"}');
    expect(loadJson(source, 'places.json', schema)).toEqual({ name: 'a', url: 'b' });
  });

  it('names every variable that it needs and that is not set', () => {
    const message = refusal('name: ${FIRST}\nurl: ${SECOND}/${FIRST}');
    expect(message.split('\n')).toHaveLength(3);
    expect(message).toContain('FIRST: is unset; bank.yaml needs it');
    expect(message).toContain('SECOND: is unset; bank.yaml needs it');
  });

  it('takes variables within a text, in lists, and their defaults', () => {
    const text = 'name: "${A:-nobody}"\nurl: http://${HOST}/x\nlist: ["${A:-}", "${HOST}"]';
    expect(load(text, { HOST: 'bank' })).toEqual({
      name: 'nobody',
      url: 'http://bank/x',
      list: ['', 'bank'],
    });
    expect(load(text, { HOST: 'bank', A: 'somebody' }).name).toBe('somebody');
  });

  it('is not interpolated again by what a variable holds', () => {
    expect(load('name: ${A}\nurl: u', { A: '${B} $& $1' }).name).toBe('${B} $& $1');
  });

  it('keeps its shape, whatever a variable holds', () => {
    const hostile = fc.oneof(
      fc.constantFrom('"\nadmin: true\n"', '*anchor', '!!js/function', '{a: b}', '[1]', '# x', '&'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(hostile, (value) => {
        expect(load('name: ${A}\nurl: "u ${A}"', { A: value })).toEqual({
          name: value,
          url: `u ${value}`,
        });
      }),
    );
  });

  it('is found among its neighbours in the order of names', () => {
    mkdirSync(join(configDir, 'banks'));
    for (const name of ['b.yaml', 'a.yml', 'c.yaml.bak', 'README.md']) {
      writeFileSync(join(configDir, 'banks', name), '');
    }
    expect(listYaml(source, 'banks')).toEqual(['banks/a.yml', 'banks/b.yaml']);
  });
});
