import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { bundleGateway } from '../../bin/gateway/bundle';
import { checkedGateway } from '../../bin/gateway/checked';
import { enclave as shipped } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { buildEnclave } from '../../lib/enclave/enclave';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};

/** Writes the assembly of a configuration (the shipped one by default) to a folder. */
export function synthesiseTo(outdir: string, input: unknown = shipped): void {
  const app = new App({ outdir, context: { ...context, 'aws:cdk:enable-path-metadata': true } });
  const config = parseEnclave(input);
  const { plan, folder } = bundleGateway(config, checkedGateway(config, new Date()));
  buildEnclave(app, config, plan);
  app.synth();
  rmSync(folder, { recursive: true });
}
