/**
 * The corpora of the leak and the ordinary tests, written to disk once and judged again for every mutant. What is expected of
 * each item is what the tests themselves expect of it.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { applicationAt } from '../../bin/input';
import { findRegion } from '../../lib/geo';
import type { Flow, JudgeOptions, Judgement } from '../../lib/residency';
import { readApplication } from '../../lib/template';
import type { Application } from '../../lib/template';
import { corpus } from '../../test/leaks/cases';
import type { Side } from '../../test/leaks/court';
import { leavingSentence, stayingSentence, wording, writeTemplates } from '../../test/leaks/court';
import { OURS } from '../../test/leaks/places';
import type { OrdinaryApp } from '../../test/ordinary/ordinary';
import { zonesContext } from '../../test/ordinary/ordinary';
import { TEMPLATES } from '../../test/ordinary/templates/table';
import type { Trial } from './suite';

const ROOT = path.join(__dirname, '../..');
const ORDINARY = path.join(ROOT, 'test/ordinary');
const DONE = 'written';

/** The judge as it stands in the world at the moment of asking. */
export type Judge = (application: Application, options: JudgeOptions) => Judgement;

/** Synthesises the ordinary applications into a folder, unless that was done before. */
export function writeOrdinary(folder: string): void {
  if (existsSync(path.join(folder, DONE))) return;
  mkdirSync(folder, { recursive: true });
  const { context } = JSON.parse(readFileSync(path.join(ROOT, 'cdk.json'), 'utf8')) as { context: object };
  for (const kind of ['apps', 'inbound'])
    for (const file of readdirSync(path.join(ORDINARY, kind)).filter((name) => name.endsWith('.ts'))) {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- every file of the folder is an application
      const { application } = require(path.join(ORDINARY, kind, file)) as { application: OrdinaryApp };
      const outdir = path.join(folder, application.name);
      const app = new App({ outdir, context: { ...context, ...zonesContext() }, analyticsReporting: false });
      application.build(app);
      app.synth();
    }
  writeFileSync(path.join(folder, DONE), '');
}

/** Every ordinary application gives no finding. */
export function ordinaryTrials(folder: string, judge: () => Judge, options: () => JudgeOptions): readonly Trial[] {
  const silent = (title: string, application: Application): Trial => ({
    title: `ordinary › ${title}`,
    run: () => {
      const { findings, verdict, counts } = judge()(application, options());
      if (findings.length > 0) throw new Error(findings[0]!.why);
      if (counts.stores > 0 && verdict !== 'inside') throw new Error(`judged ${verdict}`);
    },
  });
  const synthesised = readdirSync(folder)
    .filter((name) => name !== DONE)
    .map((name) => silent(name, applicationAt([path.join(folder, name)], {})));
  const written = TEMPLATES.map(({ name, files, region, account }) =>
    silent(
      name,
      applicationAt(
        files.map((file) => path.join(ORDINARY, 'templates', file)),
        { region, ...(account ? { account } : {}) },
      ),
    ),
  );
  return [...synthesised, ...written];
}

/** Every template-level twin of the leak corpus gets the verdict it must get. */
export function leakTrials(folder: string, judge: () => Judge, options: () => JudgeOptions): readonly Trial[] {
  const trials: Trial[] = [];
  for (const one of corpus().cases) {
    if (one.writing.level !== 'template') continue;
    for (const side of ['leaving', 'staying'] as const satisfies readonly Side[]) {
      const application = readApplication(
        writeTemplates(one, side, folder).map(({ file, region }) => ({ path: file, region, account: OURS })),
        { partitionOf: (region) => findRegion(region)?.partition },
      );
      const sentence = (flows: readonly Flow[]) =>
        side === 'leaving' ? leavingSentence(one, flows) : stayingSentence(one, flows);
      trials.push({
        title: `leaks › ${side} › ${one.name}`,
        run: () => {
          const said = sentence(judge()(application, options()).findings);
          if (said.expected !== said.got) throw new Error(wording(said));
        },
      });
    }
  }
  return trials;
}
