#!/usr/bin/env node
/** The app that `cdk` runs: checks the configuration, builds the enclave, has it judged, and says what came of it. */
import { rmSync } from 'node:fs';
import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { enclave } from '../config/enclave';
import { ConfigurationError, parseEnclave } from '../config/parse';
import { sunsetLine } from '../config/migration-schema';
import { recoveryLine } from '../config/recovery-schema';
import type { Enclave } from '../config/schema';
import { commitments } from '../lib/enclave/commitments';
import { buildEnclave } from '../lib/enclave/enclave';
import { residencyGateContext } from '../lib/nag';
import { summary } from '../lib/report';
import type { Judgement } from '../lib/residency';
import { bundleAttestation } from './attestation/bundle';
import { endingOnMistakes } from './ending';
import { writeEvidence } from './evidence';
import { bundleGateway } from './gateway/bundle';
import { checkedGateway } from './gateway/checked';
import { residencyChecks } from './residency';

function synthesise(config: Enclave): void {
  const now = new Date();
  const today = now.toISOString().slice(0, 10);
  const closed = sunsetLine(config.migration, today) ?? recoveryLine(config.recovery, today);
  if (closed) throw new ConfigurationError([`config/enclave.ts: ${closed}`]);
  const app = new App({ postCliContext: residencyGateContext() });
  const { plan, folder } = bundleGateway(config, checkedGateway(config, now));
  const attestation = config.attestation && bundleAttestation();
  buildEnclave(app, config, plan, attestation);
  let judgement: Judgement | undefined;
  Validations.of(app).addPlugins(
    residencyChecks(app, config, plan.transfers, (j) => (judgement = j)),
    new AwsSolutionsChecks(app),
  );
  const { directory } = app.synth();
  rmSync(folder, { recursive: true });
  if (attestation) rmSync(attestation.code, { recursive: true });
  if (!judgement) throw new Error('The templates were written without being judged.');
  const evidence = writeEvidence(directory, config, plan, judgement, today);
  const sites = commitments(config, today).sites.map(({ site, committed, actual, region }) => ({
    id: site,
    committed,
    actual,
    placement: region,
  }));
  process.stderr.write(summary({ judgement, sites, paths: { templates: directory, evidence } }));
}

endingOnMistakes(() => synthesise(parseEnclave(enclave)));
