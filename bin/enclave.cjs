#!/usr/bin/env node
// The `enclave` command: from source in a checkout, compiled where it is installed as a package.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

if (existsSync(join(__dirname, 'cli.ts'))) {
  require('ts-node').register({ project: join(__dirname, '../tsconfig.json') });
  require('./cli.ts').main();
} else {
  require('../dist/bin/cli.js').main();
}
