import type { Registry } from 'prom-client';

interface Told {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labelNames?: readonly string[];
}

const OURS = /^chitra_/;

/** The table of everything that /metrics tells of the business, written from the registry that tells it. */
export function figuresTable(registry: Registry): string {
  const told = registry.getMetricsAsArray() as unknown as readonly Told[];
  const rows = told
    .filter(({ name }) => OURS.test(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, type, labelNames = [], help }) => {
      const labels = labelNames.length > 0 ? labelNames.join(', ') : '–';
      return `| \`${name}\` | ${type} | ${labels} | ${help} |`;
    });
  return ['| figure | type | labels | what it is |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

const PLACE = /(<!-- figures -->\n)[\s\S]*?(<!-- \/figures -->)/;

/** The text with the table between its marks. @throws Error when it has no marks. */
export function withFiguresTable(text: string, registry: Registry): string {
  if (!PLACE.test(text)) throw new Error('the file has no <!-- figures --> marks');
  return text.replace(
    PLACE,
    (_, begin: string, end: string) => `${begin}\n${figuresTable(registry)}\n\n${end}`,
  );
}
