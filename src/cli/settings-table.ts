import { z } from 'zod';
import { settingsSchema } from '../platform/config/index.js';

/** The README's table of settings, written from the schema that checks them. */
export function settingsTable(): string {
  const { properties = {} } = z.toJSONSchema(settingsSchema, {
    io: 'input',
    unrepresentable: 'any',
  });
  const rows = Object.entries(properties).map(([name, field]) => {
    const { description = '', default: fallback } = field as {
      description?: string;
      default?: unknown;
    };
    const shown =
      fallback === undefined ? '–' : `\`${JSON.stringify(fallback).replaceAll('"', '')}\``;
    return `| \`${name}\` | ${shown} | ${description} |`;
  });
  return ['| setting | default | what it does |', '| --- | --- | --- |', ...rows].join('\n');
}

const PLACE = /(<!-- settings -->\n)[\s\S]*?(<!-- \/settings -->)/;

/** The text with the table between its marks. @throws Error when it has no marks. */
export function withSettingsTable(text: string): string {
  if (!PLACE.test(text)) throw new Error('the file has no <!-- settings --> marks');
  return text.replace(
    PLACE,
    (_, begin: string, end: string) => begin + settingsTable() + '\n' + end,
  );
}
