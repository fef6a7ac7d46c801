/** A small App under the gate: builds, synthesises into a folder of its own, and hands back what the gate said. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App, Validations } from 'aws-cdk-lib/core';
import type { PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib/core';
import { ResidencyChecks } from '../../lib/nag';
import type { ResidencyChecksOptions } from '../../lib/nag';
import { NOTHING_REGISTERED } from '../../lib/residency';

export const ACCOUNT = '111111111111';
export const DUBLIN = { env: { account: ACCOUNT, region: 'eu-west-1' } };
export const VIRGINIA = { env: { account: ACCOUNT, region: 'us-east-1' } };

export const OPTIONS: ResidencyChecksOptions = {
  ...NOTHING_REGISTERED,
  now: new Date('2026-11-22T12:00:00Z'),
};

/** What the gate reports for the App that `build` fills. */
export function gate(
  build: (app: App) => void,
  options: Partial<ResidencyChecksOptions> = {},
): PolicyValidationPluginReport {
  const app = new App({
    outdir: mkdtempSync(path.join(tmpdir(), 'gate-')),
    analyticsReporting: false,
    context: { '@aws-cdk/core:failSynthOnValidationErrors': false },
  });
  build(app);
  const checks = new ResidencyChecks(app, { ...OPTIONS, ...options });
  const reports: PolicyValidationPluginReport[] = [];
  const validate = checks.validate.bind(checks);
  checks.validate = (context) => {
    const report = validate(context);
    reports.push(report);
    return report;
  };
  Validations.of(app).addPlugins(checks);
  app.synth();
  expect(reports).toHaveLength(1);
  return reports[0]!;
}

/** `rule construct-or-logical-id` of every violation. */
export function said(report: PolicyValidationPluginReport): readonly string[] {
  return report.violations.map((violation: PolicyViolation) => {
    const [at] = violation.violatingResources;
    return `${violation.ruleName} ${at?.constructPath ?? at?.resourceLogicalId ?? ''}`;
  });
}
