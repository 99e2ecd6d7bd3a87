import { existsSync, readFileSync } from 'node:fs';
import {
  readSandboxSettings,
  sandboxSettingsSchema,
} from '../../src/banks/sandbox/sandbox.settings.js';
import { readSettings, settingsSchema } from '../../src/platform/config/index.js';
import {
  bankVariables,
  compose,
  composeText,
  envExample,
  filled,
  service,
  variables,
  type Service,
} from './deployment.js';
import { prometheusConfig } from './monitoring-files.js';

const OURS = ['migrate', 'web', 'worker'] as const;
const STORES = ['postgres', 'redis'] as const;
const WATCHERS = ['prometheus', 'grafana'] as const;
const standIn = (): string => 'x'.repeat(48);

/** The environment a service gets when every required variable is given and nothing else. */
function environmentOf(name: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(service(name).environment).map(([key, value]) => [key, filled(value, standIn)]),
  );
}

const services = Object.entries(compose.services) as [string, Service][];

describe('the compose file', () => {
  it('has the services that the README promises', () => {
    expect(Object.keys(compose.services).sort()).toEqual(
      [...OURS, ...STORES, ...WATCHERS, 'sandbox-bank'].sort(),
    );
  });

  it.each(OURS)('gives %s only settings that exist, and each that production asks for', (name) => {
    const known = new Set([...Object.keys(settingsSchema.shape), ...bankVariables]);
    const given = environmentOf(name);
    expect(Object.keys(given).filter((key) => !known.has(key))).toEqual([]);
    expect(readSettings(given)).toMatchObject({ NODE_ENV: 'production' });
  });

  it('gives the sandbox bank only settings that exist, and each that it asks for', () => {
    const known = new Set([...Object.keys(sandboxSettingsSchema.shape), 'NODE_ENV']);
    const given = environmentOf('sandbox-bank');
    expect(Object.keys(given).filter((key) => !known.has(key))).toEqual([]);
    expect(readSandboxSettings(given).SANDBOX_DATABASE_URL).toMatch(
      /@postgres:5432\/sandbox_bank$/,
    );
  });

  it.each(['web', 'worker'])('gives %s every variable that a bank file names', (name) => {
    const given = environmentOf(name);
    expect([...bankVariables].filter((variable) => !given[variable])).toEqual([]);
  });

  it('lets ChiTra and the sandbox bank mean the same keys and addresses', () => {
    const ours = environmentOf('worker');
    const bank = service('sandbox-bank').environment;
    expect(service('worker').environment.BANK_SANDBOX_SECRET).toBe(bank.SANDBOX_SECRET);
    expect(service('worker').environment.BANK_SANDBOX_NOTICE_SECRET).toBe(
      bank.SANDBOX_NOTICE_SECRET,
    );
    expect(service('worker').environment.BANK_SANDBOX_KEY_ID).toBe(bank.SANDBOX_KEY_ID);
    expect(ours.BANK_SANDBOX_URL).toBe(`http://sandbox-bank:${bank.SANDBOX_PORT}`);
    expect(bank.SANDBOX_NOTICE_URL).toBe(`http://web:${environmentOf('web').PORT}`);
  });

  it('starts what watches only when it is asked for, and keeps it from the stores', () => {
    const asked = services.filter(([, { profiles }]) => profiles.includes('monitoring'));
    expect(asked.map(([name]) => name).sort()).toEqual([...WATCHERS].sort());
    for (const [name, { profiles, networks, image, depends_on }] of services) {
      if (asked.some(([watcher]) => watcher === name)) {
        expect({ name, networks }).toEqual({ name, networks: ['outside'] });
        expect(image).toMatch(/:v?\d+(\.\d+)*$/);
      } else {
        expect({ name, profiles }).toEqual({ name, profiles: [] });
        expect(Object.keys(depends_on).filter((on) => WATCHERS.some((w) => w === on))).toEqual([]);
      }
    }
  });

  it('lets Prometheus show the token that web and workers ask for, and scrape where they listen', () => {
    const { environment, command } = service('prometheus');
    expect(environment.METRICS_TOKEN).toBe(service('worker').environment.METRICS_TOKEN);
    for (const { authorization } of prometheusConfig.scrape_configs) {
      expect(command.join('\n')).toContain(`> ${authorization.credentials_file}`);
    }
    const scraped = JSON.stringify(prometheusConfig.scrape_configs);
    const port = environmentOf('web').PORT;
    expect(scraped).toContain(`"web:${port}"`);
    expect(scraped).toContain(`{"names":["worker"],"type":"A","port":${port},`);
  });

  it('gives Grafana its datasource and dashboards, nobody a way to change them, and it no password', () => {
    const { environment, volumes } = service('grafana');
    expect(environment).toMatchObject({
      GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
      GF_AUTH_DISABLE_LOGIN_FORM: 'true',
      GF_AUTH_BASIC_ENABLED: 'false',
      GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true',
    });
    expect(volumes).toEqual(['./config/grafana:/etc/chitra:ro']);
    const inside = (path = '') => path.replace('/etc/chitra/', 'config/grafana/');
    expect(existsSync(inside(environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH))).toBe(true);
    const provisioning = inside(environment.GF_PATHS_PROVISIONING);
    const datasource = readFileSync(`${provisioning}/datasources/prometheus.yaml`, 'utf8');
    expect(datasource).toContain('uid: chitra-prometheus');
    expect(datasource).toContain('url: http://prometheus:9090');
    const provider = readFileSync(`${provisioning}/dashboards/chitra.yaml`, 'utf8');
    const [, folder = ''] = /path: (\S+)/.exec(provider) ?? [];
    expect(existsSync(inside(folder))).toBe(true);
  });

  it('publishes ports on this machine only', () => {
    const ports = services.flatMap(([, { ports: published }]) => published);
    expect(ports.length).toBeGreaterThan(0);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    for (const store of STORES) expect(service(store).ports).toEqual([]);
  });

  it('keeps the stores on a network that leads nowhere', () => {
    for (const store of STORES) expect(service(store).networks).toEqual(['store']);
    expect(compose.networks.store).toEqual({ internal: true });
  });

  it('runs a Redis that forgets nothing', () => {
    const command = service('redis').command.join(' ');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(command).toContain('--appendonly yes');
    expect(command).toContain('--requirepass ${REDIS_PASSWORD:?');
    expect(service('redis').volumes).toContain('redis:/data');
  });

  it('keeps the database where its image keeps it', () => {
    expect(service('postgres').image).toMatch(/^postgres:18/);
    expect(service('postgres').volumes).toContain('postgres:/var/lib/postgresql');
    expect(JSON.stringify(service('postgres').healthcheck)).toContain('pg_isready');
    expect(existsSync('config/postgres/init-sandbox-bank.sh')).toBe(true);
  });

  it('asks every service that stays whether it is well', () => {
    const unasked = services.filter(([, { healthcheck }]) => 'disable' in healthcheck);
    expect(unasked.map(([name]) => name)).toEqual(['migrate']);
  });

  it('migrates once, before anything else of ours starts', () => {
    expect(service('migrate')).toMatchObject({
      restart: 'no',
      command: expect.arrayContaining(['migrate']),
    });
    for (const name of ['web', 'worker']) {
      expect(service(name).depends_on.migrate?.condition).toBe('service_completed_successfully');
      for (const store of STORES) {
        expect(service(name).depends_on[store]?.condition).toBe('service_healthy');
      }
    }
  });

  it('lets the workers scale: no name, no port and no volume of their own', () => {
    expect(service('worker')).not.toHaveProperty('container_name');
    expect(service('worker').ports).toEqual([]);
    expect(service('worker').volumes).toEqual([]);
    expect(service('worker').environment.ROLE).toBe('worker');
  });

  it('gives every service as few rights as it can do with', () => {
    for (const [name, { cap_drop, security_opt, read_only, volumes }] of services) {
      expect({ name, cap_drop, security_opt, read_only }).toEqual({
        name,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        read_only: true,
      });
      expect(volumes.filter((volume) => volume.includes('docker.sock'))).toEqual([]);
      expect(service(name)).not.toHaveProperty('privileged');
    }
    for (const store of STORES) expect(service(store).user).toBe(store);
  });

  it('waits longer for a process to end than the process takes', () => {
    for (const name of ['web', 'worker']) {
      const takesMs = readSettings(environmentOf(name)).SHUTDOWN_TIMEOUT_MS;
      const seconds = /^(\d+)s$/.exec(service(name).stop_grace_period ?? '')?.[1];
      expect(Number(seconds) * 1000).toBeGreaterThan(takesMs);
    }
  });

  it.each([...OURS, 'sandbox-bank'])('starts %s with a program that the build makes', (name) => {
    const [program, script = ''] = service(name).command;
    expect(program).toBe('node');
    const source = script.replace(/^dist\//, 'src/').replace(/\.js$/, '.ts');
    expect(existsSync(source) ? source : `${source} is missing`).toBe(source);
  });
});

describe('secrets', () => {
  it('come from the operator: the compose file insists on each and holds none', () => {
    const secret = /(PASSWORD|SECRET|TOKEN)$/;
    const named = variables(composeText).filter(({ name }) => secret.test(name));
    const optional = named.filter(({ required }) => !required).map(({ name }) => name);
    expect(new Set(optional)).toEqual(new Set(['ALERT_WEBHOOK_SECRET', 'ALERTMANAGER_TOKEN']));
    for (const [name, { environment }] of services) {
      for (const [key, value] of Object.entries(environment)) {
        if (secret.test(key))
          expect(`${name} ${key} ${value}`).toMatch(/ \$\{[A-Z_]+:[?-][^}]*\}$/);
        // An address holds a password between ":" and "@".
        expect(filled(value, () => '')).not.toMatch(/:\/\/[^@/]*:[^@/]+@/);
      }
    }
  });

  it('look like nothing that was made by a generator', () => {
    const words = composeText.match(/[A-Za-z0-9+/_-]{20,}={0,2}/g) ?? [];
    expect(
      words.filter((word) => /\d/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word)),
    ).toEqual([]);
  });

  it('are listed in .env.example, with no value, and .env stays out of the repository and the image', () => {
    expect(envExample.filter(({ value }) => value !== '')).toEqual([]);
    const wanted = new Set(variables(composeText).map(({ name }) => name));
    expect(new Set(envExample.map(({ name }) => name))).toEqual(wanted);
    expect(readFileSync('.gitignore', 'utf8').split('\n')).toContain('.env');
    expect(readFileSync('.dockerignore', 'utf8').split('\n')).toContain('**/.env*');
  });
});
