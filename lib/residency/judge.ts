/**
 * The judge: resources × catalogue → flows → verdicts. A pure function of the templates and what it is told; it shares no
 * code with what builds the templates.
 */
import { roleOf, rowsOf } from '../catalogue';
import type { Channel, ChannelRow } from '../catalogue';
import type { Application, Problem, Resource } from '../template';
import type { Draft } from './draft';
import { evaluatorOf } from './evaluators';
import type { Answer } from './evaluators';
import { objectionTo, transferFor, waiverAsStore } from './exceptions';
import { fingerprint, storeIdentity } from './fingerprint';
import { fullLabel } from './labels';
import { leavesAtAny } from './lookup';
import type { Flow, Judgement, Place, StoreRef, Verdict } from './model';
import { SCHEMA_VERSION } from './model';
import { compareVerdicts, unknown, worstVerdict } from './opinion';
import type { JudgeOptions } from './options';
import { Premises } from './premises';
import { structuralFindings } from './rules';
import { holdsData, storeRef } from './stores';
import { Survey } from './survey';
import { sweep } from './sweep/value-sweep';
import { typeGate } from './type-gate';

/** What a channel does, between the store and the place. */
const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  replication: 'replicates to',
  'backup-copy': 'is copied to',
  sharing: 'is shared with',
  export: 'is sent to',
  streaming: 'streams to',
  exposure: 'is exposed',
  'network-path': 'has a network path',
  'granted-permission': 'is opened by permission',
  'arbitrary-code': 'is in reach of code',
  placement: 'stands in',
};

/** Judges an application. Linear in its resources; reads no file and no clock. */
export function judge(application: Application, options: JudgeOptions): Judgement {
  const premises = new Premises(application, options);
  const resources = [...application.resources()].filter(
    (resource) => resource.mayExist && (options.belongs?.(resource.template.source.file) ?? true),
  );
  const survey = new Survey(resources);
  const drafts = resources.flatMap((resource) => [
    ...placement(resource, premises),
    ...channels(resource, survey, premises),
    ...gate(resource, premises),
    ...sweep(resource, survey, premises),
  ]);
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
  const flows = [...drafts, ...structural].map((draft) => flowOf(draft, refOf, premises));
  return conclude([...flows, ...problems.map((problem) => problemFlow(problem, options))], premises, {
    stacks: application.templates.length,
    resources: resources.length,
    stores: stores.length,
  });
}

/** Every store stands somewhere: the first flow of each. */
function placement(resource: Resource, premises: Premises): readonly Draft[] {
  if (!holdsData(resource)) return [];
  return [
    {
      rule: 'store-placement',
      channel: 'placement',
      resource,
      store: resource,
      path: '',
      opinion: premises.home(resource),
      origin: [],
      remedy: 'Deploy the stack that holds the store to a literal Region of the EEA.',
      carries: 'data',
      at: resource,
    },
  ];
}

function gate(resource: Resource, premises: Premises): readonly Draft[] {
  // A row that denies the type says more than the gate does.
  if (rowsOf(resource.type).some((row) => row.evaluator === 'typeDeny')) return [];
  const found = typeGate(resource, premises);
  return found ? [found] : [];
}

/** Second net: every catalogue row of the resource's type. */
function channels(resource: Resource, survey: Survey, premises: Premises): readonly Draft[] {
  const reviewed = premises.options.reviewedTypes.includes(resource.type);
  return rowsOf(resource.type).flatMap((row) => {
    if (reviewed && row.evaluator === 'typeDeny') return [];
    const evaluator = evaluatorOf(row.evaluator);
    if (!evaluator) throw new Error(`Row ${row.slug} names the evaluator ${row.evaluator}, which does not exist.`);
    const leaves = leavesAtAny(resource, row.paths);
    const answers = inScope(row, evaluator({ row, resource, leaves, premises }), premises);
    if (answers.length === 0 || harmless(row, resource, answers, survey)) return [];
    return openAnswers(answers).flatMap((answer) =>
      subjects(resource, row, answer, survey)
        .filter((store) => !isPublicToEveryone(store, answer, survey, premises))
        .map((store) => ({
          rule: row.slug,
          channel: row.channel,
          resource,
          store,
          path: answer.path,
          opinion: answer,
          origin: answer.origin,
          remedy: row.remedy,
          carries: row.carries,
          ...(answer.line === undefined ? { at: answer.leaf ?? resource } : { line: answer.line }),
        })),
    );
  });
}

/** Without declared sites nobody promised a closed network: a row that asks for one counts only where a place is proven outside. */
function inScope(row: ChannelRow, answers: readonly Answer[], { options }: Premises): readonly Answer[] {
  return row.scope === 'enclave' && !options.sites ? answers.filter(({ verdict }) => verdict === 'outside') : answers;
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
  const convicted = new Set(answers.filter((answer) => answer.verdict !== 'inside').map((answer) => answer.path));
  const seen = new Set<string>();
  return answers.filter((answer) => {
    if (answer.closed || (answer.verdict === 'inside' && convicted.has(answer.path))) return false;
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

function flowOf(draft: Draft, refOf: (resource: Resource) => StoreRef, premises: Premises): Flow {
  const { resource, store, opinion } = draft;
  const identity = storeIdentity(store, premises);
  // An empty text is still a destination someone wrote.
  const place: Place = opinion.place.value === '' ? { ...opinion.place, value: 'empty text' } : opinion.place;
  const ref = refOf(store);
  const { source } = resource.template;
  const id = fingerprint(identity, store.type, draft.rule, draft.channel, place);
  const flow: Flow = {
    fingerprint: id,
    rule: draft.rule,
    store: ref,
    channel: draft.channel,
    path: draft.path,
    destination: place,
    verdict: opinion.verdict,
    why: reasoning(draft),
    remedy: draft.remedy,
    ...(opinion.latent ? { latent: true } : {}),
    ...(resource === store
      ? {}
      : {
          via: {
            stack: source.stackName,
            logicalId: resource.logicalId,
            type: resource.type,
            ...(resource.constructPath ? { constructPath: resource.constructPath } : {}),
          },
        }),
    ...(draft.carries ? { carries: draft.carries } : {}),
    source: inText(source.file, draft),
    ...(resource.sourceLocation ? { program: resource.sourceLocation } : {}),
  };
  const covered = flow.verdict === 'inside' ? undefined : coveredBy(flow, identity, premises);
  return covered ? { ...flow, waiver: covered } : flow;
}

/** The line is looked for when it is read: most flows are inside, and nobody asks where those are written. */
function inText(file: string, { line, at, resource }: Draft): NonNullable<Flow['source']> {
  if (line !== undefined || !at) return { file, ...(line === undefined ? {} : { line }) };
  return {
    file,
    get line() {
      return at.line ?? resource.line;
    },
  };
}

function reasoning(draft: Draft): string {
  const { opinion, resource, store, channel } = draft;
  const subject = fullLabel(store);
  const by = resource === store ? '' : ` by ${fullLabel(resource)}`;
  const origin = draft.origin.length > 0 ? ` (${draft.origin.join('; ')})` : '';
  const latent = opinion.latent ? ' (latent: no destination yet)' : '';
  // "replicates to `x`, which …" where the reason begins with the place; "is exposed: the flag …" where it does not.
  const takesPlace = channel === 'placement' || CHANNEL_WORDS[channel].endsWith(' to');
  const joint = takesPlace && PLACE_FIRST.test(opinion.because);
  const does = CHANNEL_WORDS[channel];
  const clause = joint ? `${by ? `,${by},` : ''} ${does} ${opinion.because}` : ` ${does}${by}: ${opinion.because}`;
  return `${subject}${clause}${origin}: ${opinion.verdict}${latent}`;
}

/** A reason that begins with a name in backticks, a Region or a zone. */
const PLACE_FIRST = /^(?:`|[a-z]+(?:-[a-z]+)+-\d |zone )/;

/** The registered source, transfer or waiver that covers a flow. Nothing but a waiver covers restricted data. */
function coveredBy(flow: Flow, identity: string, premises: Premises): string | undefined {
  const { options } = premises;
  if (flow.rule === 'store-placement' && options.sites) {
    const { region, account } = flow.destination;
    if (options.sources?.some((source) => source.region === region && source.account === account))
      return 'registered source';
  }
  const transfer = flow.carries === undefined ? undefined : transferFor(flow, identity, options);
  if (transfer) return transfer;
  const waiver = options.waivers.find((one) => one.fingerprint === flow.fingerprint && !objectionTo(one, options.now));
  return waiver && `waiver of ${waiver.owner}, approved by ${waiver.approver}, until ${waiver.expires}`;
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

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
