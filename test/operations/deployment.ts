import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const healthcheckSchema = z.union([
  z.strictObject({ disable: z.literal(true) }),
  z.object({ test: z.array(z.string()).min(2), interval: z.string(), retries: z.number() }),
]);

const serviceSchema = z.object({
  image: z.string(),
  build: z.string().optional(),
  user: z.string().optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).min(1),
  profiles: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()).min(1),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: healthcheckSchema,
  restart: z.string(),
  read_only: z.literal(true),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  init: z.boolean().optional(),
  stop_grace_period: z.string().optional(),
});

const composeSchema = z.object({
  services: z.record(z.string(), z.looseObject(serviceSchema.shape)),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() }).nullable()),
  volumes: z.record(z.string(), z.null()),
});

export type Service = z.infer<typeof serviceSchema>;

export const composeText = readFileSync('docker-compose.yml', 'utf8');

/** The compose file with its anchors merged; throws when a service lacks what every service must have. */
export const compose = composeSchema.parse(parse(composeText, { merge: true }));

export function service(name: string): Service {
  const found = compose.services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
}

/** What `${NAME}`, `${NAME:-default}` and `${NAME:?why}` in a text ask of the .env file. */
export function variables(text: string): { name: string; required: boolean }[] {
  return [...text.matchAll(/\$\{([A-Z0-9_]+)(:[-?])?/g)].map(([, name = '', how]) => ({
    name,
    required: how === ':?',
  }));
}

/** The text as compose would put it in place, with a stand-in for what the operator gives. */
export function filled(text: string, standIn: (name: string) => string): string {
  return text.replace(
    /\$\{([A-Z0-9_]+)(?::([-?])([^}]*))?\}/g,
    (_, name: string, how: string | undefined, rest: string | undefined) =>
      how === '-' ? (rest ?? '') : standIn(name),
  );
}

/** Names that .env.example gives, in its order. */
export const envExample: readonly { name: string; value: string }[] = readFileSync(
  '.env.example',
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => ({ name: line.split('=')[0] ?? '', value: line.slice(line.indexOf('=') + 1) }));

/** Variables that the bank files in config/banks name. */
export const bankVariables: ReadonlySet<string> = new Set(
  readdirSync('config/banks')
    .filter((name) => /\.ya?ml$/.test(name))
    .flatMap((name) => variables(readFileSync(`config/banks/${name}`, 'utf8')))
    .map(({ name }) => name),
);

export const packageJson = z
  .object({
    engines: z.object({ node: z.string() }),
    license: z.string(),
    scripts: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
