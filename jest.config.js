/**
 * One Jest project over what test/setup/compile.js has made of src/ and test/. The runner runs spec files in plain
 * Node processes, without a sandbox for each: modules are loaded once, and nothing here mocks them.
 * The database, Redis and other outside parts are found or started in test/setup.
 */
export default {
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  roots: ['<rootDir>/dist/tests/src', '<rootDir>/dist/tests/test'],
  testMatch: ['**/*.spec.js'],
  transform: {},
  globalSetup: '<rootDir>/dist/tests/test/setup/global-setup.js',
  globalTeardown: '<rootDir>/dist/tests/test/setup/global-teardown.js',
  reporters: ['default', '<rootDir>/test/setup/tally.reporter.js'],
  testSequencer: '<rootDir>/test/setup/slowest-first.sequencer.js',
  testTimeout: 90_000,
  // Many stories wait for processes and clocks: four at a time keep two cores busy.
  maxWorkers: 4,
};
