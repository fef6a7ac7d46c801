/** Writes the corpus to disk and has it judged: templates case by case, programs all in one App. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { matchPath, row, rowsOf, verdictOf } from '../../lib/catalogue';
import { findRegion } from '../../lib/geo';
import { NOTHING_REGISTERED, judge } from '../../lib/residency';
import type { Flow, JudgeOptions } from '../../lib/residency';
import { readApplication } from '../../lib/template';
import type { Case } from './cases';
import { LEAK } from './channel';
import { cataloguePath } from './channels';
import type { Twin } from './places';
import { OURS } from './places';
import type { Expected } from './writing';

export type Side = 'leaving' | 'staying';

const OPTIONS: JudgeOptions = {
  ...NOTHING_REGISTERED,
  now: new Date('2026-11-22T12:00:00Z'),
};

export const twinOf = (one: Case, side: Side): Twin => one[side];

/** Where the templates of a case were written. */
export interface WrittenTemplate {
  readonly file: string;
  readonly region: string;
}

/** Writes the templates of a template-level case into a folder of their own. */
export function writeTemplates(one: Case, side: Side, root: string): readonly WrittenTemplate[] {
  if (one.writing.level !== 'template') throw new Error(`${one.name} is a program`);
  const folder = path.join(root, side, twinOf(one, side).id);
  mkdirSync(folder, { recursive: true });
  return one.writing.templates(one.channel, twinOf(one, side)).map(({ name, region, template }) => {
    const yaml = typeof template === 'string';
    const file = path.join(folder, `${name}.${yaml ? 'yaml' : 'json'}`);
    writeFileSync(file, yaml ? template : JSON.stringify(template, undefined, 1));
    return { file, region };
  });
}

/** One App with the stacks of every program-level case. `onApp` runs before synthesis. Returns the assembly's folder. */
export function buildApp(cases: readonly Case[], side: Side, outdir: string, onApp?: (app: App) => void): string {
  const app = new App({
    outdir,
    analyticsReporting: false,
    context: { '@aws-cdk/core:failSynthOnValidationErrors': false },
  });
  for (const one of cases) {
    if (one.writing.level !== 'program') continue;
    try {
      one.writing.build(app, one.channel, twinOf(one, side));
    } catch (error) {
      throw new Error(`${one.name} (${side}) cannot be built: ${String(error)}`, { cause: error });
    }
  }
  onApp?.(app);
  return app.synth().directory;
}

export type Findings = ReadonlyMap<Case, readonly Flow[]>;

/** What the judge finds in every case of one side. */
export function judgedCases(cases: readonly Case[], side: Side): Findings {
  const root = mkdtempSync(path.join(tmpdir(), 'leaks-'));
  try {
    const found = new Map<Case, readonly Flow[]>();
    for (const one of cases) {
      if (one.writing.level !== 'template') continue;
      const written = writeTemplates(one, side, root);
      found.set(one, findingsAt(written.map(({ file, region }) => ({ path: file, region, account: OURS }))));
    }
    const programs = cases.filter((one) => one.writing.level === 'program');
    const assembly = buildApp(programs, side, path.join(root, `${side}-app`));
    const byCase = new Map(programs.map((one) => [twinOf(one, side).id, one]));
    for (const one of programs) found.set(one, []);
    const stray: Flow[] = [];
    for (const flow of findingsAt([{ path: assembly }])) {
      const one = byCase.get(caseIdOf(flow));
      if (one) found.set(one, [...found.get(one)!, flow]);
      else stray.push(flow);
    }
    if (stray.length > 0) throw new Error(`findings of no case: ${stray.map(({ why }) => why).join('\n')}`);
    return found;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function findingsAt(inputs: Parameters<typeof readApplication>[0]): readonly Flow[] {
  const application = readApplication(inputs, { partitionOf: (region) => findRegion(region)?.partition });
  return judge(application, OPTIONS).findings;
}

function caseIdOf(flow: Flow): string {
  const stack = flow.via?.stack ?? flow.store.stack;
  return /^c\d+/.exec(stack)?.[0] ?? stack;
}

const SEVERITY: readonly Expected[] = ['silent', 'unknown', 'outside'];

function worst(flows: readonly Flow[]): Expected {
  return flows.reduce<Expected>(
    (sofar, { verdict }) =>
      SEVERITY.indexOf(verdict as Expected) > SEVERITY.indexOf(sofar) ? (verdict as Expected) : sofar,
    'silent',
  );
}

/** True for the finding that a type may not be used at all: the same on both twins, so it tells no leak. */
export function isDenial(flow: Flow): boolean {
  const type = flow.via?.type ?? flow.store.type;
  return (
    flow.rule === 'type-denied' || (row(flow.rule)?.evaluator === 'typeDeny' && verdictOf(type)?.verdict === 'denied')
  );
}

/** The findings of the leaving twin that see this very leak. */
export function seeing(one: Case, flows: readonly Flow[]): readonly Flow[] {
  const denial = one.channel.manner === 'presence';
  return flows.filter(
    (flow) =>
      flow.rule !== 'store-placement' &&
      (denial || !isDenial(flow)) &&
      standsIn(flow, `${one.leaving.id}-leak`) &&
      (WRITTEN_ELSEWHERE.has(one.writing.slug) || (isLeak(flow) && isAbout(one, flow))),
  );
}

/** The CDK's own constructs name and split resources as they like; a custom resource has properties of its own. */
const WRITTEN_ELSEWHERE: ReadonlySet<string> = new Set(['construct', 'sdk-call', 'custom-resource']);

function standsIn(flow: Flow, stack: string): boolean {
  const at = flow.via?.stack ?? flow.store.stack;
  return at === stack || at.startsWith(`${stack}/`);
}

function isLeak(flow: Flow): boolean {
  return (flow.via?.logicalId ?? flow.store.logicalId) === LEAK;
}

/** The finding is at the property of the channel, inside it or on the way to it. */
function isAbout(one: Case, flow: Flow): boolean {
  const { path: own, aim } = one.channel;
  return (
    flow.path === '' ||
    [own, ...(aim ? [aim] : [])].some((written) => matchPath(cataloguePath(written), flow.path) !== undefined) ||
    besides(one, flow)
  );
}

/** A row that judges the destination of several properties reports at the one that names it. */
function besides(one: Case, flow: Flow): boolean {
  const judged = rowsOf(one.channel.type).find(({ slug }) => slug === flow.rule);
  return judged?.paths.some((pattern) => matchPath(pattern, cataloguePath(one.channel.path)) === 'exact') ?? false;
}

export interface Sentence {
  readonly one: Case;
  readonly expected: Expected;
  readonly got: Expected;
  readonly flows: readonly Flow[];
}

/** What was found of the leaving twin against what was wanted. A removed leak has to be silent everywhere. */
export function leavingSentence(one: Case, flows: readonly Flow[]): Sentence {
  const relevant = one.whenLeaving === 'silent' ? spoken(one, flows) : seeing(one, flows);
  return { one, expected: one.whenLeaving, got: worst(relevant), flows };
}

/** What was found of the staying twin, without the denial of a type that is denied everywhere. */
export function stayingSentence(one: Case, flows: readonly Flow[]): Sentence {
  return { one, expected: one.whenStaying, got: worst(spoken(one, flows)), flows };
}

/** Findings that speak of a way out, not of a denied type. Of a removed leak, those in the leaking stack only. */
function spoken(one: Case, flows: readonly Flow[]): readonly Flow[] {
  const removed = one.whenLeaving === 'silent';
  return flows.filter(
    (flow) =>
      (one.whenStaying === 'unknown' || !isDenial(flow)) && (!removed || standsIn(flow, `${one.leaving.id}-leak`)),
  );
}

/** A sentence in one line. */
export function wording({ one, expected, got, flows }: Sentence): string {
  const said = flows.map((flow) => `${flow.rule}@${flow.path}=${flow.verdict}`).join('; ');
  return `${one.name} [${one.channel.type} ${one.channel.path}]: expected ${expected}, got ${got}${said ? ` (${said})` : ''}`;
}
