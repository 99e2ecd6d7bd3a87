/** One import that must be refused, and by which rule. */
export interface Breach {
  readonly rule: string;
  readonly file: string;
  readonly imports: string;
}

const PIPELINE = [
  'beneficiaries',
  'entitlements',
  'batches',
  'approvals',
  'payments',
  'settlements',
  'reconciliation',
  'alerts',
  'reports',
] as const;
const BELOW = ['banks', 'ledger', 'audit', 'identity', 'organisation'] as const;

/** Every pair of the walk, taken the wrong way round. */
const againstTheWalk: Breach[] = PIPELINE.flatMap((earlier, at) =>
  PIPELINE.slice(at + 1).map((later) => ({
    rule: `pipeline-order-${earlier}`,
    file: `src/${earlier}/ask-${later}.ts`,
    imports: `../${later}/index.js`,
  })),
);

const fromBelow: Breach[] = BELOW.flatMap((lower) =>
  [PIPELINE[0], PIPELINE[4], PIPELINE[8]].map((module) => ({
    rule: 'below-the-pipeline',
    file: `src/${lower}/ask-${module}.ts`,
    imports: `../${module}/index.js`,
  })),
);

const confined: Breach[] = [
  { rule: 'typeorm-confined', file: 'src/payments/pay-now.ts', imports: 'typeorm' },
  { rule: 'typeorm-confined', file: 'src/platform/queue/look.ts', imports: '@nestjs/typeorm' },
  { rule: 'typeorm-confined', file: 'src/payments/http/rows.controller.ts', imports: 'typeorm' },
  { rule: 'pg-confined', file: 'src/payments/payment.store.ts', imports: 'pg' },
  { rule: 'queue-confined', file: 'src/payments/ring.ts', imports: 'bullmq' },
  { rule: 'queue-confined', file: 'src/alerts/alerts.module.ts', imports: '@nestjs/bullmq' },
  { rule: 'queue-confined', file: 'src/platform/outbox/keep.ts', imports: 'ioredis' },
  { rule: 'express-confined', file: 'src/payments/answer.ts', imports: 'express' },
  { rule: 'express-confined', file: 'src/identity/sign-in.ts', imports: 'express-session' },
  {
    rule: 'express-platform-confined',
    file: 'src/payments/serve.ts',
    imports: '@nestjs/platform-express',
  },
  { rule: 'no-development-packages', file: 'src/payments/guess.ts', imports: 'fast-check' },
];

const doors: Breach[] = [
  {
    rule: 'only-through-index',
    file: 'src/payments/peek.ts',
    imports: '../batches/batch.store.js',
  },
  { rule: 'only-through-index', file: 'src/cli/peek.ts', imports: '../batches/batch.store.js' },
  { rule: 'programs-through-index', file: 'src/boot.ts', imports: './payments/send.js' },
  {
    rule: 'platform-through-index',
    file: 'src/payments/log.ts',
    imports: '../platform/logging/pino.js',
  },
  {
    rule: 'platform-parts-through-index',
    file: 'src/platform/outbox/log.ts',
    imports: '../logging/pino.js',
  },
  { rule: 'kernel-through-index', file: 'src/payments/count.ts', imports: '../kernel/money.js' },
  {
    rule: 'adapters-known-to-the-registry-only',
    file: 'src/banks/route.ts',
    imports: './adapters/rest/index.js',
  },
  {
    rule: 'adapters-known-to-the-registry-only',
    file: 'src/banks/sandbox/reuse.ts',
    imports: '../adapters/rest/wire.js',
  },
  {
    rule: 'adapters-do-not-know-each-other',
    file: 'src/banks/adapters/other/index.ts',
    imports: '../rest/wire.js',
  },
  {
    rule: 'only-programs-start-the-sandbox-bank',
    file: 'src/payments/cheat.ts',
    imports: '../banks/sandbox/index.js',
  },
  {
    rule: 'only-programs-start-the-sandbox-bank',
    file: 'src/banks/lean.ts',
    imports: './sandbox/index.js',
  },
];

const layers: Breach[] = [
  {
    rule: 'platform-knows-no-business',
    file: 'src/platform/queue/pay.ts',
    imports: '../../payments/index.js',
  },
  {
    rule: 'platform-knows-no-business',
    file: 'src/platform/http/who.ts',
    imports: '../../identity/index.js',
  },
  {
    rule: 'kernel-imports-nothing-of-ours',
    file: 'src/kernel/log.ts',
    imports: '../platform/logging/index.js',
  },
  { rule: 'console-above-all', file: 'src/alerts/page.ts', imports: '../console/index.js' },
  { rule: 'programs-stand-above-all', file: 'src/alerts/restart.ts', imports: '../boot.js' },
  {
    rule: 'programs-stand-above-all',
    file: 'src/platform/health/demo.ts',
    imports: '../../cli/demo.js',
  },
  {
    rule: 'migrations-import-only-typeorm',
    file: 'src/migrations/0001-first.ts',
    imports: '../kernel/index.js',
  },
  {
    rule: 'migrations-belong-to-programs',
    file: 'src/payments/migrate.ts',
    imports: '../migrations/index.js',
  },
  { rule: 'no-circular', file: 'src/payments/egg.ts', imports: './hen.js' },
  {
    rule: 'sources-do-not-import-specs',
    file: 'src/payments/try.ts',
    imports: '../../test/builders/owed.js',
  },
  { rule: 'everything-resolves', file: 'src/payments/lost.ts', imports: './nowhere.js' },
];

export const BREACHES: readonly Breach[] = [
  ...againstTheWalk,
  ...fromBelow,
  ...confined,
  ...doors,
  ...layers,
];

/** Imports that look alike and are right: a rule that forbids them forbids too much. */
export const RIGHT: readonly Omit<Breach, 'rule'>[] = [
  ...PIPELINE.flatMap((later, at) =>
    PIPELINE.slice(0, at).map((earlier) => ({
      file: `src/${later}/use-${earlier}.ts`,
      imports: `../${earlier}/index.js`,
    })),
  ),
  ...BELOW.map((lower) => ({
    file: `src/payments/use-${lower}.ts`,
    imports: `../${lower}/index.js`,
  })),
  { file: 'src/banks/wait-for-cutoff.ts', imports: '../organisation/index.js' },
  { file: 'src/payments/run.store.ts', imports: 'typeorm' },
  { file: 'src/migrations/0002-second.ts', imports: 'typeorm' },
  { file: 'src/platform/database/source.ts', imports: 'typeorm' },
  { file: 'src/platform/queue/host.ts', imports: 'bullmq' },
  { file: 'src/identity/http/sessions.ts', imports: 'express-session' },
  { file: 'src/banks/bank.registry.ts', imports: './adapters/rest/index.js' },
  { file: 'src/banks/adapters/rest/index.ts', imports: './wire.js' },
  { file: 'src/platform/outbox/relay.ts', imports: '../logging/index.js' },
  { file: 'src/cli/demo.ts', imports: '../banks/sandbox/index.js' },
  { file: 'src/app.module.ts', imports: './payments/index.js' },
  { file: 'src/main.ts', imports: './app.module.js' },
  { file: 'src/payments/send.spec.ts', imports: 'fast-check' },
  { file: 'test/builders/officers.ts', imports: '../../src/identity/index.js' },
];

/** What a breach may point at; made empty. */
export const EXISTING: readonly string[] = [
  ...[...PIPELINE, ...BELOW, 'console', 'banks/sandbox', 'kernel', 'migrations'].map(
    (folder) => `src/${folder}/index.ts`,
  ),
  'src/platform/logging/index.ts',
  'src/platform/logging/pino.ts',
  'src/kernel/money.ts',
  'src/batches/batch.store.ts',
  'src/payments/send.ts',
  'src/banks/adapters/rest/index.ts',
  'src/banks/adapters/rest/wire.ts',
  'src/boot.ts',
  'src/app.module.ts',
  'src/cli/demo.ts',
  'test/builders/owed.ts',
];

/** The other half of the circle: dependency-cruiser tells a circle once, at one of its members. */
export const UNJUDGED: readonly Omit<Breach, 'rule'>[] = [
  { file: 'src/payments/hen.ts', imports: './egg.js' },
];
