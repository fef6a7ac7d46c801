/**
 * Ordinary applications that stay in the EEA give no finding. They are written as teams write them, every store without a
 * class is restricted, and each is judged on the way `enclave check` takes: files on disk, read as one application.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { applicationAt } from '../../bin/input';
import { NOTHING_REGISTERED, judge } from '../../lib/residency';
import type { Flow, Judgement } from '../../lib/residency';
import { DEPARTURES } from './departures';
import { zonesContext } from './ordinary';
import type { OrdinaryApp } from './ordinary';
import { TEMPLATE_DEPARTURES } from './template-departures';
import { TEMPLATES } from './templates/table';

const HERE = __dirname;
const FLAGS = (
  JSON.parse(readFileSync(path.join(HERE, '../../cdk.json'), 'utf8')) as { context: Record<string, unknown> }
).context;

const scratch = mkdtempSync(path.join(tmpdir(), 'ordinary-'));
// Annotations of constructs (circuit breakers, deprecated options) are no subject here.
beforeAll(() => void jest.spyOn(console, 'error').mockImplementation(() => undefined));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Every app of a folder, in the order of their file names. */
function appsIn(folder: string): readonly OrdinaryApp[] {
  const directory = path.join(HERE, folder);
  return readdirSync(directory)
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- every file of the folder is a case
      const { application } = require(path.join(directory, file)) as { application?: OrdinaryApp };
      if (application?.name !== path.basename(file, '.ts'))
        throw new Error(`${folder}/${file} exports no application of its own name.`);
      return application;
    });
}

function synthesised(application: OrdinaryApp, change: (app: App) => void = () => undefined): string {
  const outdir = mkdtempSync(path.join(scratch, `${application.name}-`));
  const app = new App({ outdir, context: { ...FLAGS, ...zonesContext() }, analyticsReporting: false });
  application.build(app);
  change(app);
  app.synth();
  return outdir;
}

function judged(paths: readonly string[], place: { region?: string; account?: string } = {}): Judgement {
  return judge(applicationAt(paths, place), {
    ...NOTHING_REGISTERED,
    now: new Date('2026-11-22T12:00:00Z'),
  });
}

const inWords = (finding: Flow): string =>
  `${finding.rule} at ${finding.store.stack}/${(finding.via ?? finding.store).logicalId} ` +
  `(${(finding.via ?? finding.store).type}) ${finding.path}: ${finding.why}`;

function expectOrdinary(judgement: Judgement, { withoutStores = false }: { withoutStores?: boolean }): void {
  expect(judgement.findings.map(inWords)).toEqual([]);
  // Places of networks and settings are flows too: an application without a store may be inside instead of none.
  expect(['inside', ...(withoutStores ? ['none'] : [])]).toContain(judgement.verdict);
  // The size of what was judged, so that an empty application cannot pass for a clean one.
  expect(judgement.counts.resources).toBeGreaterThan(0);
  expect(judgement.counts.stores === 0).toBe(withoutStores);
}

describe('an ordinary application that stays in the EEA gives no finding', () => {
  test.each(appsIn('apps'))('$name: $what', (application) => {
    expectOrdinary(judged([synthesised(application)]), application);
  });
});

describe('an ordinary hand-written template deployed to the EEA gives no finding', () => {
  test.each(TEMPLATES)('$name: $what', (templates) => {
    const { files, region, account } = templates;
    const paths = files.map((file) => path.join(HERE, 'templates', file));
    expectOrdinary(judged(paths, { region, ...(account ? { account } : {}) }), templates);
  });
});

describe('data that comes in from abroad is no egress', () => {
  test.each(appsIn('inbound'))('$name: $what', (application) => {
    expectOrdinary(judged([synthesised(application)]), application);
  });
});

describe('one change that lets data out of an ordinary application is found', () => {
  test.each(DEPARTURES)('$from: $what', ({ from, because, change }) => {
    const application = appsIn('apps').find(({ name }) => name === from)!;
    const before = new Set(judged([synthesised(application)]).findings.map((finding) => finding.fingerprint));
    const after = judged([synthesised(application, change)]).findings;
    const reasons = after.filter((finding) => !before.has(finding.fingerprint)).map(inWords);
    expect(reasons.join('\n')).toMatch(because);
  });
});

describe('one change that lets data out of an ordinary hand-written template is found', () => {
  test.each(TEMPLATE_DEPARTURES)('$from: $what', ({ from, because, replace, by }) => {
    const { files, region, account } = TEMPLATES.find(({ name }) => name === from)!;
    const place = { region, ...(account ? { account } : {}) };
    const text = readFileSync(path.join(HERE, 'templates', files[0]!), 'utf8');
    expect(text).toContain(replace);
    const changed = path.join(mkdtempSync(path.join(scratch, 'changed-')), files[0]!);
    writeFileSync(
      changed,
      text.replace(replace, () => by),
    );
    const { findings, verdict } = judged([changed], place);
    expect(findings.map(inWords).join('\n')).toMatch(because);
    expect(verdict).not.toBe('inside');
  });
});
