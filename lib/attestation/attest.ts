/**
 * Deployed equals declared: the application's claims against what the services answer, in every account and Region, and the
 * inventory of what no template declares. Pure apart from the readings it is given.
 */
import type { Application, Problem, Resource, Template } from '../template';
import { acceptedOf } from './accepted';
import type { Acceptance } from './accepted';
import { channelCoverage } from './coverage';
import { Deployment } from './deployment';
import type { Readings } from './deployment';
import { enabledRegions } from './network/regions';
import { attested, subjectId, unanswered, unseen } from './model';
import type {
  Attestation,
  AttestationVerdict,
  AttestedClaim,
  Finding,
  NotAttested,
  Subject,
  Unexpected,
} from './model';
import type { Place, Unreadable } from './place';
import type { Reading } from './reading';
import type { Part, Service } from './service';

export interface AttestOptions {
  readonly services: readonly Service[];
  /**
   * Regions whose inventory is taken beside those the stacks stand in, for every account of the application; `enabled`:
   * every Region that is enabled for the account.
   */
  readonly regions: readonly string[] | 'enabled';
  /** Accounts that are looked at; every account of the application when left out. */
  readonly accounts?: readonly string[];
  /** Registered stores and keys of other stacks. */
  readonly accepted?: readonly Acceptance[];
  /** ISO date that the acceptances' ends are compared with. */
  readonly today?: string;
  /** Told after every place, for long runs. */
  readonly onPlace?: (place: Place, done: number, all: number) => void;
}

/** Compares what is deployed with what is declared. Never throws for what AWS refuses: that is `unseen`. */
export async function attest(
  application: Application,
  readings: Readings,
  { services, regions, accounts, accepted = [], today = '', onPlace = () => undefined }: AttestOptions,
): Promise<Attestation> {
  const known = memoised(readings);
  const looked = application.templates.filter(({ source }) => accounts?.includes(source.account ?? '') ?? true);
  const { places, claims: regionClaims } = await placesOf(looked, application.templates, regions, known);
  const deployment = await Deployment.read(application, known);
  let done = 0;
  const attestPlace = async (place: Place): Promise<Part> => {
    const part = await attestAll(place, places, { application, deployment, services, readings: known });
    onPlace(place, (done += 1), places.length);
    return part;
  };
  const parts: Part[] = [
    { claims: [...application.problems.map(problemClaim), ...regionClaims], unexpected: [] },
    { claims: homelessClaims(application, services), unexpected: [] },
    ...(await Promise.all(places.map(attestPlace))),
  ];
  const held = acceptedOf(
    parts.flatMap(({ unexpected }) => unexpected),
    accepted,
    today,
  );
  return summary({
    claims: [...parts.flatMap(({ claims }) => claims), ...held.claims],
    unexpected: held.unexpected,
    accepted: held.accepted,
    places,
    notAttested: notAttested(application, services),
    channels: channelCoverage(services),
  });
}

function memoised(readings: Readings): Readings {
  const known = new Map<string, Promise<Reading | Unreadable>>();
  return (account, region) => {
    const key = `${account} ${region}`;
    const reading = known.get(key) ?? readings(account, region);
    known.set(key, reading);
    return reading;
  };
}

// ---------------------------------------------------------------------------------------------------------------------
// Places
// ---------------------------------------------------------------------------------------------------------------------

/** Every account of the application in every Region of the application and those asked for. */
async function placesOf(
  looked: readonly Template[],
  templates: readonly Template[],
  regions: readonly string[] | 'enabled',
  readings: Readings,
): Promise<{ places: Place[]; claims: AttestedClaim[] }> {
  const accounts = new Set(looked.flatMap(({ source }) => (source.account === undefined ? [] : [source.account])));
  const ofStacks = new Set(templates.flatMap(({ source }) => (source.region === undefined ? [] : [source.region])));
  const claims: AttestedClaim[] = [];
  const places = await Promise.all(
    [...accounts].sort().map(async (account) => {
      const wanted = regions === 'enabled' ? await regionsOf(account, templates, readings, claims) : regions;
      return [...new Set([...ofStacks, ...wanted])].sort().map((region) => ({ account, region }));
    }),
  );
  return { places: places.flat(), claims };
}

async function regionsOf(
  account: string,
  templates: readonly Template[],
  readings: Readings,
  claims: AttestedClaim[],
): Promise<readonly string[]> {
  const home = templates.find(({ source }) => source.account === account && source.region !== undefined)?.source.region;
  if (home === undefined) return [];
  const subject: Subject = { account, region: home, type: 'account', name: `enabled Regions of ${account}` };
  const claim = { slug: 'regions', expected: 'every Region that is enabled for the account is looked at' };
  const reading = await readings(account, home);
  const answer = 'why' in reading ? undefined : await enabledRegions(reading);
  if (answer?.kind === 'answer') {
    claims.push(attested(subject, claim, { verdict: 'holds', seen: answer.value.join(', '), why: '', remedy: '' }));
    return answer.value;
  }
  const finding =
    answer === undefined ? unseen((reading as Unreadable).why, (reading as Unreadable).remedy) : unanswered(answer);
  claims.push(attested(subject, claim, finding));
  return [];
}

interface Run {
  readonly application: Application;
  readonly deployment: Deployment;
  readonly services: readonly Service[];
  readonly readings: Readings;
}

async function attestAll(place: Place, places: readonly Place[], run: Run): Promise<Part> {
  const { application, deployment, services, readings } = run;
  const regions = places.filter(({ account }) => account === place.account).map(({ region }) => region);
  const reading = await readings(place.account, place.region);
  const home = await readings(place.account, homeRegion(application, place));
  const unreadable = 'why' in reading ? reading : 'why' in home ? home : undefined;
  if (unreadable || 'why' in reading || 'why' in home) {
    const finding = unseen(unreadable?.why ?? '', unreadable?.remedy ?? '');
    const unread = services.flatMap((service) =>
      service.unread(place, declaredAtPlace(application, service, place), finding),
    );
    return { claims: unread, unexpected: [] };
  }
  const elsewhere = (region: string): Promise<Reading | Unreadable> => readings(place.account, region);
  const context = { place, reading, home, regions, application, deployment, elsewhere };
  const parts = await Promise.all(services.map((service) => service.attest(context)));
  return { claims: parts.flatMap(({ claims }) => claims), unexpected: parts.flatMap(({ unexpected }) => unexpected) };
}

/** The Region of the account's first stack: there questions about the account as a whole are asked. */
const homeRegion = ({ templates }: Application, { account, region }: Place): string =>
  templates.find(({ source }) => source.account === account && source.region !== undefined)?.source.region ?? region;

const declaredAtPlace = (application: Application, { types }: Service, place: Place): Resource[] =>
  types
    .flatMap((type) => application.ofType(type))
    .filter(
      ({ mayExist, template: { source } }) =>
        mayExist && source.account === place.account && source.region === place.region,
    );

// ---------------------------------------------------------------------------------------------------------------------
// What cannot be looked at
// ---------------------------------------------------------------------------------------------------------------------

const NO_ENVIRONMENT: Finding = unseen(
  'the stack has no fixed account and Region',
  'Give the stack an explicit environment, so that it can be found.',
);

/** Claims about resources of stacks without a fixed account and Region; no inventory belongs to them. */
function homelessClaims(application: Application, services: readonly Service[]): AttestedClaim[] {
  const nowhere: Place = { account: '', region: '' };
  return services.flatMap((service) => {
    const homeless = service.types
      .flatMap((type) => application.ofType(type))
      .filter(
        ({ mayExist, template: { source } }) =>
          mayExist && (source.account === undefined || source.region === undefined),
      );
    return service.unread(nowhere, homeless, NO_ENVIRONMENT).filter(({ resource }) => resource.stack !== undefined);
  });
}

function problemClaim(problem: Problem, index: number): AttestedClaim {
  const subject: Subject = {
    stack: problem.template?.source.stackName ?? problem.file,
    type: 'template',
    name: problem.file,
    ...(problem.logicalId === undefined ? {} : { logicalId: problem.logicalId }),
  };
  const claim = { slug: `readable-${index + 1}`, expected: 'the template can be read completely' };
  return attested(
    subject,
    claim,
    unseen(problem.message, 'Synthesise again; attest only what the assembly shows completely.'),
  );
}

function notAttested(application: Application, services: readonly Service[]): NotAttested[] {
  const covered = new Set(services.flatMap(({ types }) => types));
  const counts = new Map<string, number>();
  for (const { type, mayExist } of application.resources())
    if (mayExist && !covered.has(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, count]) => ({ type, count }));
}

// ---------------------------------------------------------------------------------------------------------------------
// Summary
// ---------------------------------------------------------------------------------------------------------------------

function summary(found: Omit<Attestation, 'verdict' | 'counts'>): Attestation {
  const count = (verdict: AttestedClaim['verdict']): number =>
    found.claims.filter((each) => each.verdict === verdict).length;
  const counts = {
    holds: count('holds'),
    broken: count('broken'),
    unseen: count('unseen'),
    unexpected: found.unexpected.length,
  };
  return {
    verdict: worst(counts),
    ...found,
    claims: [...found.claims].sort(byPlace),
    unexpected: [...found.unexpected].sort((a: Unexpected, b: Unexpected) => (a.id < b.id ? -1 : 1)),
    counts,
  };
}

function worst({ holds, broken, unseen: notSeen, unexpected }: Attestation['counts']): AttestationVerdict {
  if (broken > 0) return 'broken';
  if (unexpected > 0) return 'unexpected';
  return notSeen > 0 || holds === 0 ? 'unseen' : 'holds';
}

/** Stable order: by stack and resource, claims of one resource as they are declared (sort is stable). */
const byPlace = (a: AttestedClaim, b: AttestedClaim): number => {
  const [one, other] = [subjectId(a.resource), subjectId(b.resource)];
  return one === other ? 0 : one < other ? -1 : 1;
};
