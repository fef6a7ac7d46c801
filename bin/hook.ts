#!/usr/bin/env node
/** The app of the deploy-time hook: packages the judge and writes the stacks that roll it out over the organisation. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { enclave } from '../config/enclave';
import { ConfigurationError, parseEnclave } from '../config/parse';
import type { Enclave } from '../config/schema';
import { buildEnclave } from '../lib/enclave/enclave';
import { buildHook } from '../lib/enclave/hook/hook';
import type { HookRegister } from '../lib/hook/register';
import { residencyGateContext } from '../lib/nag';
import { endingOnMistakes } from './ending';
import { bundleGateway } from './gateway/bundle';
import { checkedGateway } from './gateway/checked';
import { packageHook } from './hook/package';
import { hookRegister } from './hook/register';
import { rolloutFindings } from './hook/rollout';

/** What the judge in the hook has to know of the enclave; the enclave is built for it and not written. */
function registerOf(config: Enclave, now: Date): HookRegister {
  const { plan, folder } = bundleGateway(config, checkedGateway(config, now));
  const built = new App({ autoSynth: false, outdir: join(folder, 'enclave') });
  buildEnclave(built, config, plan);
  rmSync(folder, { recursive: true });
  return hookRegister(config, built, now);
}

function synthesise(config: Enclave): void {
  const now = new Date();
  const register = registerOf(config, now);
  const app = new App({ postCliContext: residencyGateContext() });
  const code = packageHook(register);
  const stacks = buildHook(app, config, code);
  if (stacks.length === 0)
    throw new ConfigurationError([
      'config/enclave.ts: organization: is absent; the hook is rolled out by an organisation.',
    ]);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const { directory } = app.synth();
  rmSync(code.folder, { recursive: true });
  const findings = rolloutFindings(directory, config, register, now);
  for (const { rule, why } of findings) process.stderr.write(`[${rule}] ${why}\n`);
  if (findings.length > 0) process.exitCode = 1;
  process.stderr.write(`${stacks.length} stacks of the hook, judge ${code.digest}; ${findings.length} findings\n`);
}

endingOnMistakes(() => synthesise(parseEnclave(enclave)));
