import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const FOLDER = 'config/prometheus';
const DASHBOARDS = 'config/grafana/dashboards';

const ruleSchema = z.strictObject({
  record: z.string().optional(),
  alert: z.string().optional(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.strictObject({ severity: z.enum(['info', 'warning', 'critical']) }).optional(),
  annotations: z
    .strictObject({ summary: z.string(), description: z.string(), runbook_url: z.string() })
    .optional(),
});
export type Rule = z.infer<typeof ruleSchema>;

const rulesSchema = z.object({
  groups: z.array(z.object({ name: z.string(), rules: z.array(ruleSchema) })),
});

export const ruleFiles = readdirSync(`${FOLDER}/rules`)
  .filter((name) => name.endsWith('.rules.yaml'))
  .map((name) => `${FOLDER}/rules/${name}`);

export const rules: readonly Rule[] = ruleFiles.flatMap((path) =>
  rulesSchema.parse(parse(readFileSync(path, 'utf8'))).groups.flatMap((group) => group.rules),
);

const testsSchema = z.object({
  tests: z.array(
    z.object({
      alert_rule_test: z.array(
        z.object({ alertname: z.string(), exp_alerts: z.array(z.unknown()) }),
      ),
    }),
  ),
});

/** Of each alert that the tests of promtool name: how many alerts each of its moments expects. */
export function expectedAlerts(): Map<string, number[]> {
  const file = testsSchema.parse(parse(readFileSync(`${FOLDER}/rules/alerts.test.yaml`, 'utf8')));
  const expected = new Map<string, number[]>();
  for (const { alertname, exp_alerts } of file.tests.flatMap((test) => test.alert_rule_test)) {
    expected.set(alertname, [...(expected.get(alertname) ?? []), exp_alerts.length]);
  }
  return expected;
}

export const prometheusReadme = readFileSync(`${FOLDER}/README.md`, 'utf8');

/** Names in the README's table. */
export const documentedFigures = [
  ...prometheusReadme.matchAll(/^\| `(chitra_[a-z0-9_]+)` \|/gm),
].map(([, name = '']) => name);

const dashboardSchema = z.object({
  uid: z.string(),
  title: z.string(),
  editable: z.literal(false),
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string().min(1),
      datasource: z.object({ type: z.literal('prometheus'), uid: z.string() }),
      targets: z.array(z.object({ expr: z.string().min(1) })).min(1),
    }),
  ),
});

export const dashboards = readdirSync(DASHBOARDS).map((name) =>
  dashboardSchema.parse(JSON.parse(readFileSync(`${DASHBOARDS}/${name}`, 'utf8'))),
);

/** Every question that a panel or a rule asks, with where it stands. */
export const questions: readonly { where: string; expr: string }[] = [
  ...rules.map(({ alert, record, expr }) => ({ where: alert ?? record ?? '?', expr })),
  ...dashboards.flatMap(({ uid, panels }) =>
    panels.flatMap(({ title, targets }) =>
      targets.map(({ expr }) => ({ where: `${uid}: ${title}`, expr })),
    ),
  ),
];

export const recorded = new Set(rules.flatMap(({ record }) => (record ? [record] : [])));

/** Names of figures in a question: those of recording rules, and those that processes expose. */
export function namesIn(expr: string): { recordings: string[]; figures: string[] } {
  const recordings = [...expr.matchAll(/\b[a-z][a-z_0-9]*(?::[a-zA-Z_0-9]+)+/g)].map(
    ([name]) => name,
  );
  const rest = recordings.reduce((left, name) => left.replaceAll(name, ' '), expr);
  const figures = [...rest.matchAll(/\b(?:chitra|nodejs|process)_[a-z0-9_]+/g)].map(
    ([name]) => name,
  );
  return { recordings, figures };
}

/** Labels that a question asks a figure for: `name{label="…"}`. */
export function selectorsIn(expr: string): { figure: string; labels: string[] }[] {
  return [...expr.matchAll(/\b((?:chitra|nodejs|process)_[a-z0-9_]+)\{([^}]*)\}/g)].map(
    ([, figure = '', inside = '']) => ({
      figure,
      labels: [...inside.matchAll(/([a-z_]+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
    }),
  );
}

/** The name under which a sample's figure is registered: a histogram has three. */
export const figureOf = (sample: string): string => sample.replace(/_(bucket|sum|count)$/, '');

export const prometheusConfig = z
  .looseObject({
    global: z.looseObject({}),
    rule_files: z.array(z.string()),
    scrape_configs: z.array(
      z.looseObject({
        job_name: z.string(),
        authorization: z.object({ credentials_file: z.string() }),
      }),
    ),
  })
  .parse(parse(readFileSync(`${FOLDER}/prometheus.yaml`, 'utf8')));
