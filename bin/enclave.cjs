#!/usr/bin/env node
// The `enclave` command: compiled when installed as a package, from source in a checkout.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const compiled = join(__dirname, '../dist/bin/cli.js');
if (!existsSync(compiled))
  require('ts-node').register({ project: join(__dirname, '../tsconfig.json') });
require(existsSync(compiled) ? compiled : './cli.ts').main();
