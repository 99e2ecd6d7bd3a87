/**
 * Who may know whom. The source tree is the money's walk; this file is the direction, and
 * test/architecture/ runs it, and also shows that each rule catches what it forbids.
 * Paths of packages are written so that an installed and a merely named package look the same.
 */

/** In the order the money walks: a later module may import an earlier one, never the other way round. */
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
];

/** What the pipeline stands on. These modules have never heard of it. */
const BELOW = ['banks', 'ledger', 'audit', 'identity', 'organisation'];

const MODULES = [...PIPELINE, ...BELOW, 'console'];

const any = (names) => `(${names.join('|')})`;
const inside = (names) => `^src/${any(names)}/`;
const npm = (...names) => `(^|node_modules/)(${names.join('|')})($|/)`;

/** The files that put a program together. Nothing stands above them, so nothing imports them. */
const PROGRAMS = ['^src/[^/]+\\.ts$', '^src/cli/'];
const DOORS = ['^src/[^/]+/index\\.ts$', '^src/banks/sandbox/index\\.ts$'];
const SPEC = '\\.spec\\.ts$';

const pipelineOrder = PIPELINE.slice(0, -1).map((earlier, at) => ({
  name: `pipeline-order-${earlier}`,
  comment: `${earlier} comes before these in the money's walk: what they need to hear goes as an event.`,
  severity: 'error',
  from: { path: inside([earlier]) },
  to: { path: inside(PIPELINE.slice(at + 1)) },
}));

module.exports = {
  forbidden: [
    ...pipelineOrder,
    {
      name: 'below-the-pipeline',
      comment:
        'Banks, ledger, audit, identity and organisation serve the pipeline and do not know it.',
      severity: 'error',
      from: { path: inside(BELOW) },
      to: { path: inside([...PIPELINE, 'console']) },
    },
    {
      name: 'console-above-all',
      comment: 'The pages stand above the modules; only the program knows them.',
      severity: 'error',
      from: { path: inside([...PIPELINE, ...BELOW]) },
      to: { path: '^src/console/' },
    },
    {
      name: 'only-through-index',
      comment:
        "A module's door is its index.ts: its Nest module, use cases, read models, events and types.",
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: inside(MODULES), pathNot: ['^src/$1/', ...DOORS] },
    },
    {
      name: 'programs-through-index',
      comment: 'The programs, too, come in by the door.',
      severity: 'error',
      from: { path: '^src/[^/]+\\.ts$' },
      to: { path: inside(MODULES), pathNot: DOORS },
    },
    {
      name: 'only-programs-start-the-sandbox-bank',
      comment:
        'The sandbox bank is a program of its own; the command line may start it, ChiTra must not lean on it.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/banks/sandbox/', ...PROGRAMS] },
      to: { path: '^src/banks/sandbox/' },
    },
    {
      name: 'platform-through-index',
      comment: 'Each part of the platform has a door as well.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/' },
      to: { path: '^src/platform/[^/]+/', pathNot: '^src/platform/[^/]+/index\\.ts$' },
    },
    {
      name: 'platform-parts-through-index',
      comment: 'And its parts use each other by these doors.',
      severity: 'error',
      from: { path: '^src/platform/([^/]+)/' },
      to: {
        path: '^src/platform/[^/]+/',
        pathNot: ['^src/platform/$1/', '^src/platform/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'kernel-through-index',
      comment: 'One door here, too.',
      severity: 'error',
      from: { pathNot: '^src/kernel/' },
      to: { path: '^src/kernel/', pathNot: '^src/kernel/index\\.ts$' },
    },
    {
      name: 'platform-knows-no-business',
      comment: 'No business word in the platform.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: ['^src/platform/', '^src/kernel/'] },
    },
    {
      name: 'kernel-imports-nothing-of-ours',
      comment: 'Money, ids, clock, lifecycles: pure.',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { path: '^(src|test)/', pathNot: '^src/kernel/' },
    },
    {
      name: 'programs-stand-above-all',
      comment: 'main, worker, cli, boot and the application module import; nobody imports them.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: PROGRAMS },
      to: { path: PROGRAMS },
    },
    {
      name: 'migrations-import-only-typeorm',
      comment: 'A migration stays what it was on the day it ran: it must not change with the code.',
      severity: 'error',
      from: { path: '^src/migrations/' },
      to: { pathNot: ['^src/migrations/', npm('typeorm')] },
    },
    {
      name: 'migrations-belong-to-programs',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: ['^src/migrations/', ...PROGRAMS, SPEC] },
      to: { path: '^src/migrations/' },
    },
    {
      name: 'no-circular',
      comment: 'A circle has no direction.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'typeorm-confined',
      comment:
        'Rows are the business of entities, stores, read models, modules, migrations and the database platform.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '\\.(entity|store|read|module)\\.ts$',
          '^src/migrations/',
          '^src/platform/database/',
        ],
      },
      to: { path: npm('typeorm', '@nestjs/typeorm') },
    },
    {
      name: 'pg-confined',
      comment:
        'The driver itself: the platform, the sandbox bank with its own books, and specs that break in by the back door.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/platform/', '^src/banks/sandbox/', SPEC] },
      to: { path: npm('pg') },
    },
    {
      name: 'queue-confined',
      comment: 'The queue is a doorbell of the platform; modules publish events and ring.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/queue/' },
      to: { path: npm('bullmq', '@nestjs/bullmq', '@nestjs/bull', 'bull', 'ioredis') },
    },
    {
      name: 'express-confined',
      comment: 'Requests and responses stay at the edge.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['/http/', '^src/console/'] },
      to: {
        path: npm(
          'express',
          '@types/express',
          'express-session',
          '@types/express-session',
          'multer',
          '@types/multer',
        ),
      },
    },
    {
      name: 'express-platform-confined',
      comment:
        'Besides the edge, the two places that put a program together know which server carries it.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '/http/',
          '^src/console/',
          '\\.module\\.ts$',
          '^src/boot\\.ts$',
          '^src/banks/sandbox/start-[^/]+\\.ts$',
          SPEC,
        ],
      },
      to: { path: npm('@nestjs/platform-express') },
    },
    {
      name: 'adapters-known-to-the-registry-only',
      comment: "Nobody but the registry knows an adapter's name.",
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/banks/adapters/', '^src/banks/bank\\.registry\\.ts$'],
      },
      to: { path: '^src/banks/adapters/' },
    },
    {
      name: 'adapters-do-not-know-each-other',
      comment: 'A bank is one folder, one YAML file and one line in the registry.',
      severity: 'error',
      from: { path: '^src/banks/adapters/([^/]+)/' },
      to: { path: '^src/banks/adapters/', pathNot: '^src/banks/adapters/$1/' },
    },
    {
      name: 'sources-do-not-import-specs',
      severity: 'error',
      from: { path: '^src/', pathNot: SPEC },
      to: { path: ['^test/', SPEC] },
    },
    {
      name: 'no-development-packages',
      comment: 'What runs in production is installed in production.',
      severity: 'error',
      from: { path: '^src/', pathNot: SPEC },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: { path: '^(src|test)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
