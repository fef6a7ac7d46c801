// The built-in CloudFormation validation costs seconds per synth; unit tests register the plug-ins they are about.
process.env.CDK_VALIDATION ??= 'false';
// The AWS SDK announces its next Node version at every start; here that is noise between test results.
process.env.NODE_NO_WARNINGS ??= '1';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/fixtures/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/cdk.out/', '<rootDir>/.local-enclave/'],
  transform: { '^.+\\.ts$': ['ts-jest', { transpilation: true, diagnostics: false }] },
  reporters: ['default', '<rootDir>/test/reporters/totals.cjs'],
  maxWorkers: 2,
  testTimeout: 60_000,
};
