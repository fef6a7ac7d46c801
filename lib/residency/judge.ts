/**
 * The judge: resources × catalogue → flows → verdicts. A pure function of the templates and what it is told; it shares no
 * code with what builds the templates.
 */
import { roleOf } from '../catalogue';
import type { ChannelRow } from '../catalogue';
import type { Application, Problem, Resource } from '../template';
import type { Draft } from './draft';
import type { Answer } from './evaluators';
import { objectionTo, waiverAsStore } from './exceptions';
import { fingerprint } from './fingerprint';
import { flowOf } from './flow';
import { Models, isSilentAlike } from './likeness/models';
import { leavesAtAll } from './lookup';
import type { Flow, Judgement, Place, StoreRef, Verdict } from './model';
import { SCHEMA_VERSION } from './model';
import { compareVerdicts, unknown, worstVerdict } from './opinion';
import type { JudgeOptions } from './options';
import { Premises } from './premises';
import { rowsToAsk } from './row-plan';
import type { PlannedRow } from './row-plan';
import { structuralFindings } from './rules';
import { holdsData, storeRef } from './stores';
import { Survey } from './survey';
import { sweep } from './sweep/value-sweep';
import { typeGate } from './type-gate';

/** Judges an application. Linear in its resources; reads no file and no clock. */
export function judge(application: Application, options: JudgeOptions): Judgement {
  const premises = new Premises(application, options);
  const resources = application.templates
    .filter(({ source }) => options.belongs?.(source.file) ?? true)
    .flatMap((template) => template.resources.filter(({ mayExist }) => mayExist));
  const survey = new Survey(resources);
  const drafts: Draft[] = [];
  const arriving: Draft[] = [];
  const models = new Models();
  for (const resource of resources) {
    if (holdsData(resource)) drafts.push(placement(resource, premises));
    const model = models.like(resource);
    const rows = addChannels(resource, model?.rows ?? rowsToAsk(resource), { survey, premises, drafts, arriving });
    if (model) continue;
    const gated = typeGate(resource, premises);
    const swept = sweep(resource, survey, premises);
    drafts.push(...gated, ...(swept ?? []));
    if (!swept && gated.length === 0) models.keep({ resource, rows });
  }
  const structural = options.sites ? structuralFindings(resources, survey, premises) : [];
  const stores = resources.filter(holdsData);
  const refs = new Map<Resource, StoreRef>();
  const refOf = (resource: Resource): StoreRef => {
    const known = refs.get(resource);
    if (known) return known;
    const touched = holdsData(resource)
      ? []
      : survey.storesReferredBy(resource).map((store) => storeRef(store, premises));
    const ref = storeRef(resource, premises, touched);
    refs.set(resource, ref);
    return ref;
  };
  const problems = application.problems.filter(
    (problem) =>
      !options.belongs ||
      (problem.kind !== 'manifest' && options.belongs(problem.template?.source.file ?? problem.file)),
  );
  const flows = [...drafts, ...structural].map((draft) => flowOf(draft, refOf(draft.store), premises));
  const judgement = conclude([...flows, ...problems.map((problem) => problemFlow(problem, options))], premises, {
    stacks: application.templates.length,
    resources: resources.length,
    stores: stores.length,
  });
  if (!options.sources) return judgement;
  return { ...judgement, inbound: arriving.map((draft) => flowOf(draft, refOf(draft.store), premises)) };
}

/** Every store stands somewhere: the first flow of each. */
function placement(store: Resource, premises: Premises): Draft {
  return {
    rule: 'store-placement',
    channel: 'placement',
    resource: store,
    store,
    path: '',
    opinion: premises.home(store),
    origin: NO_STEPS,
    remedy: 'Deploy the stack that holds the store to a literal Region of the EEA.',
    carries: 'data',
    at: store,
  };
}

const NO_STEPS: readonly string[] = [];

interface Found {
  readonly survey: Survey;
  readonly premises: Premises;
  readonly drafts: Draft[];
  readonly arriving: Draft[];
}

/**
 * Second net: every catalogue row of the resource's type that can have anything to say of it. Answers with the rows that have
 * to be asked of whatever is like it as well.
 */
function addChannels(
  resource: Resource,
  rows: readonly PlannedRow[],
  { survey, premises, drafts, arriving }: Found,
): readonly PlannedRow[] {
  const again: PlannedRow[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    const planned = rows[index]!;
    const { row, evaluator, paths } = planned;
    if (row.evaluator === 'typeDeny' && premises.options.reviewedTypes.includes(resource.type)) continue;
    const leaves = leavesAtAll(resource, paths);
    // Without declared sites nobody promised a closed network: a row that asks for one counts only where a place is proven outside.
    const onlyOutside = row.scope === 'enclave' && !premises.options.sites;
    const all = evaluator({ row, resource, leaves, premises });
    const isSilent = isSilentAlike(row, onlyOutside);
    if (all.length === 0 && isSilent) continue;
    const asked = onlyOutside ? all.filter(({ verdict }) => verdict === 'outside') : all;
    if (!isSilent || asked.some((answer) => !answer.closed || answer.inbound)) again.push(planned);
    if (premises.options.sources)
      for (const answer of asked)
        if (answer.inbound)
          for (const store of subjects(resource, row, answer, survey))
            arriving.push(draftOf(row, resource, store, answer));
    const answers = openAnswers(asked);
    if (answers.length === 0 || harmless(row, resource, answers, survey)) continue;
    for (const answer of answers)
      for (const store of subjects(resource, row, answer, survey))
        if (!isPublicToEveryone(store, answer, survey, premises)) drafts.push(draftOf(row, resource, store, answer));
  }
  return again;
}

function draftOf(row: ChannelRow, resource: Resource, store: Resource, answer: Answer): Draft {
  return {
    rule: row.slug,
    channel: row.channel,
    resource,
    store,
    path: answer.path,
    opinion: answer,
    origin: answer.origin,
    remedy: row.remedy,
    carries: row.carries,
    at: answer.leaf ?? resource,
  };
}

/** Code that can come by no store has nothing to carry out, wherever its own ways lead. */
function harmless(row: ChannelRow, resource: Resource, answers: readonly Answer[], survey: Survey): boolean {
  const asksForReach = row.evaluator === 'subnetPosture' || row.args?.opaque === true;
  if (!asksForReach || roleOf(resource.type) !== 'compute') return false;
  return answers.every((answer) => answer.verdict !== 'outside') && !survey.mayTouchStores(resource);
}

/**
 * Data whose own tag says it is public may be served to everyone; a copy of it in a place abroad is a flow like any other. What
 * holds no data itself is judged by the stores it touches, all of which have to be public.
 */
function isPublicToEveryone(subject: Resource, answer: Answer, survey: Survey, premises: Premises): boolean {
  if (answer.place.kind !== 'everyone') return false;
  const stores = holdsData(subject) ? [subject] : survey.storesReferredBy(subject);
  return (
    stores.length > 0 &&
    stores.every((store) => {
      const ref = storeRef(store, premises);
      return ref.classified && ref.class === 'public';
    })
  );
}

/** For each path the findings, or where there are none, what is inside. Closed answers opened no way and make no flow. */
function openAnswers(answers: readonly Answer[]): readonly Answer[] {
  const open = answers.filter((answer) => !answer.closed);
  if (open.length < 2) return open;
  const convicted = new Set(open.filter((answer) => answer.verdict !== 'inside').map((answer) => answer.path));
  const seen = new Set<string>();
  return open.filter((answer) => {
    if (answer.verdict === 'inside' && convicted.has(answer.path)) return false;
    const key = JSON.stringify([answer.absent ? '' : answer.path, answer.verdict, answer.place]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The stores whose data moves by a channel found at a resource. */
function subjects(resource: Resource, row: ChannelRow, answer: Answer, survey: Survey): readonly Resource[] {
  if (answer.leaves) return [answer.leaves];
  if (holdsData(resource)) return [resource];
  const touched = survey.storesReferredBy(resource);
  if (touched.length === 1) return touched;
  const isResourcePolicy = roleOf(resource.type) === 'policy' && row.args?.policy === 'resource';
  return isResourcePolicy && touched.length > 1 ? touched : [resource];
}

function problemFlow(problem: Problem, options: JudgeOptions): Flow {
  const source = problem.template?.source;
  const place: Place = { kind: 'unknown', value: problem.file };
  const store: StoreRef = {
    stack: source?.stackName ?? problem.file,
    logicalId: problem.logicalId ?? '',
    type: 'template',
    class: options.classDefault,
    classified: false,
  };
  const rule = `input-${problem.kind}`;
  return {
    fingerprint: fingerprint(`${store.stack}/${store.logicalId}`, store.type, rule, problem.message, place),
    rule,
    store,
    channel: 'arbitrary-code',
    path: '',
    destination: place,
    verdict: 'unknown',
    why: `${problem.message}: unknown`,
    remedy: 'Judge the template after every transform, with all its nested templates beside it.',
    source: { file: problem.file, ...(problem.line === undefined ? {} : { line: problem.line }) },
  };
}

function waiverFindings(flows: readonly Flow[], premises: Premises): readonly Flow[] {
  const { options } = premises;
  const used = new Set(flows.filter((flow) => flow.verdict !== 'inside').map((flow) => flow.fingerprint));
  return options.waivers.flatMap((waiver) => {
    const objection =
      objectionTo(waiver, options.now) ??
      (used.has(waiver.fingerprint)
        ? undefined
        : { rule: 'waiver-unused', why: 'no flow has this fingerprint any more' });
    if (!objection) return [];
    const opinion = unknown(objection.why, { value: waiver.fingerprint });
    return [
      {
        fingerprint: fingerprint(waiver.fingerprint, 'waiver', objection.rule, 'placement', opinion.place),
        rule: objection.rule,
        store: waiverAsStore(waiver),
        channel: 'placement' as const,
        path: '',
        destination: opinion.place,
        verdict: 'unknown' as const,
        why: `the waiver ${waiver.fingerprint} of ${waiver.owner} covers nothing: ${objection.why}`,
        remedy: 'Renew the waiver with another approver and a new end, or remove it from the register.',
      },
    ];
  });
}

function conclude(
  judged: readonly Flow[],
  premises: Premises,
  size: Pick<Judgement['counts'], 'stacks' | 'resources' | 'stores'>,
): Judgement {
  const flows = [...judged, ...waiverFindings(judged, premises)].sort(byPlaceInTheApplication);
  const findings = flows.filter((flow) => flow.verdict !== 'inside' && flow.waiver === undefined);
  const count = (verdict: Verdict): number => flows.filter((flow) => flow.verdict === verdict).length;
  return {
    schemaVersion: SCHEMA_VERSION,
    verdict: worstVerdict(flows.map((flow) => flow.verdict)) ?? 'none',
    flows,
    findings,
    counts: {
      ...size,
      inside: count('inside'),
      outside: count('outside'),
      unknown: count('unknown'),
      waived: flows.filter((flow) => flow.waiver !== undefined).length,
    },
  };
}

/** By store, then worst first: the same whatever order the templates list their resources in. */
function byPlaceInTheApplication(a: Flow, b: Flow): number {
  return (
    compareText(a.store.stack, b.store.stack) ||
    compareText(a.store.logicalId, b.store.logicalId) ||
    compareVerdicts(b.verdict, a.verdict) ||
    compareText(a.rule, b.rule) ||
    compareText(a.path, b.path) ||
    compareText(a.destination.value, b.destination.value)
  );
}

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
