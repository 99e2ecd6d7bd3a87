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
