/** The gate judges what this synthesis wrote, not what an earlier one left in the folder. */
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib/core';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import { ResidencyChecks } from '../../lib/nag';
import type { Judgement } from '../../lib/residency';
import { DUBLIN, OPTIONS } from './gate';

function synth(
  outdir: string,
  region: string,
  more: { readonly name: string; readonly analyticsReporting?: boolean },
): Judgement {
  let judgement: Judgement | undefined;
  const app = new App({
    outdir,
    analyticsReporting: more.analyticsReporting ?? false,
    context: { '@aws-cdk/core:failSynthOnValidationErrors': false },
  });
  new secrets.Secret(new Stack(app, more.name, DUBLIN), 'Token', { replicaRegions: [{ region }] });
  Validations.of(app).addPlugins(new ResidencyChecks(app, { ...OPTIONS, onJudgement: (given) => (judgement = given) }));
  app.synth();
  return judgement!;
}

test('a stack that was renamed is convicted under its new name only, and acquitted once mended', () => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'gate-'));
  expect(synth(outdir, 'us-east-1', { name: 'Old' }).findings).toMatchObject([{ store: { stack: 'Old' } }]);
  copyFileSync(path.join(outdir, 'Old.template.json'), path.join(outdir, 'Stray.template.json'));
  expect(synth(outdir, 'us-east-1', { name: 'New' }).findings).toMatchObject([{ store: { stack: 'New' } }]);
  expect(synth(outdir, 'eu-north-1', { name: 'New' }).findings).toEqual([]);
});

test('the metadata resource of the CDK itself is no finding', () => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'gate-'));
  const judgement = synth(outdir, 'eu-north-1', { name: 'Here', analyticsReporting: true });
  expect(judgement.findings).toEqual([]);
  expect(judgement.counts.resources).toBe(2);
});
