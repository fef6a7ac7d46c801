/** What an identity policy allows: places named in `Resource`, and actions that copy, share or export without a bound. */
import type { Resource, Scalar } from '../../template';
import { describe, parseArn, textOf } from '../../template';
import { locate } from '../destination';
import { modelOpinion } from '../evaluators/bedrock-profile';
import { anyWayOut } from '../network';
import type { Opinion } from '../opinion';
import { closed, unknown } from '../opinion';
import { regionOpinion } from '../places';
import type { Premises } from '../premises';
import { isReachBound } from './bounds';
import type { Mover } from './movers';
import { allMovers, moversOf } from './movers';
import type { Statement } from './statement';

/** Actions that only read: what they name abroad comes in. */
const READS =
  /^[a-z0-9-]+:(Get|List|Describe|Head|BatchGet|Read|Scan|Query|Search|Lookup|Decrypt|Select|View|Check|Receive|Consume|Download)/i;

/** A few hundred actions come again and again. */
const READING = new Map<string, boolean>();

function onlyReads(action: string): boolean {
  let reads = READING.get(action);
  if (reads === undefined) READING.set(action, (reads = READS.test(action)));
  return reads;
}

/** Judges one Allow statement of a policy that is attached to whoever uses it. */
export function permissionOpinions(statement: Statement, premises: Premises, from: Resource): readonly Opinion[] {
  const home = premises.home(from).place;
  const name = statement.sid ? `statement "${statement.sid}"` : 'a statement';
  const written = statement.actions.map(textOf);
  const readOnly = !statement.notAction && written.every((action) => action !== undefined && onlyReads(action));
  const found: Opinion[] = [];
  if (!readOnly && !isReachBound(statement, premises)) found.push(...placesOf(statement, premises, from, name));
  if (written.some((action) => action === undefined))
    found.push(
      unknown(`${name} allows actions that are known only at deployment`, {
        kind: 'account',
        value: 'unknown actions',
      }),
    );
  const free = allowedMovers(statement, written).filter((mover) => !confined(mover, statement, premises, from));
  if (free.length > 0) {
    const words = listed(free.map(({ action }) => action).sort());
    found.push(
      unknown(
        `${name} allows ${words}, by which data can be moved to a place of the caller's choice, without a bound on the Region or organisation`,
        { kind: 'account', value: words },
      ),
    );
  }
  return found.length > 0 ? found : [closed(home, `${name} allows nothing that leads outside`)];
}

/** True when a statement lets a moving action reach nothing but places inside. */
function confined(mover: Mover, statement: Statement, premises: Premises, from: Resource): boolean {
  if (isReachBound(statement, premises, mover.ref?.destinationKey)) return true;
  // What runs code or opens a network is the promise of a closed enclave; elsewhere the code and the network are judged.
  if (mover.reach === 'posture' && !premises.options.sites) return true;
  // Opening a network of ours leads nowhere while no network of ours has a way out.
  const pins =
    mover.reach === 'resource' ||
    aimsManagedRules(mover, statement) ||
    (mover.opensNetwork && (restrictsOnly(from) || !anyWayOut(premises)));
  return pins && pinned(statement, premises, from);
}

/** Names of the rules by which Step Functions waits for a task, from its documentation of each integration (`.sync`). */
const WAITING_RULE = /^rule\/StepFunctionsGetEvents?For[A-Za-z]+Rule$/;

/**
 * True when all a statement may aim are rules that Step Functions manages: EventBridge lets nobody else aim a managed rule.
 * What it cannot see: a role that makes a rule of this name before Step Functions does.
 */
function aimsManagedRules({ action }: Mover, { resources, notResource }: Statement): boolean {
  if (notResource || !['events:PutRule', 'events:PutTargets'].includes(action)) return false;
  return resources.every((value) => {
    const arn = parseArn(value);
    return arn !== undefined && WAITING_RULE.test(describe(arn.resource));
  });
}

/** The role of CDK's provider that takes every rule off the default security group of a network. */
function restrictsOnly(from: Resource): boolean {
  return (
    from.type === 'AWS::IAM::Role' && from.logicalId.startsWith('CustomVpcRestrictDefaultSGCustomResourceProvider')
  );
}

/** At most three by name, the rest by number. */
function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function allowedMovers(statement: Statement, written: readonly (string | undefined)[]): readonly Mover[] {
  if (statement.notAction) {
    const excepted = new Set(written.flatMap((action) => (action === undefined ? [] : moversOf(action))));
    return allMovers().filter((mover) => !excepted.has(mover));
  }
  const allowed = new Set<Mover>();
  for (const action of written) if (action !== undefined) for (const mover of moversOf(action)) allowed.add(mover);
  return [...allowed];
}

/** Places outside that a statement which may write names in its resources. */
function placesOf(statement: Statement, premises: Premises, from: Resource, name: string): readonly Opinion[] {
  if (statement.notResource) return [];
  return statement.resources.flatMap((value) => {
    const where = resourcePlace(value, premises, from);
    return where && where.verdict !== 'inside'
      ? [{ ...where, because: `${name} allows writing to ${where.because}` }]
      : [];
  });
}

/** The place a resource pattern pins down; undefined for patterns that name no place at all (`*`). */
function resourcePlace(value: Scalar, premises: Premises, from: Resource): Opinion | undefined {
  if (describe(value).trim() === '*') return undefined;
  if (value.kind === 'unknown') return undefined;
  const arn = parseArn(value);
  if (arn) {
    const region = textOf(arn.region);
    const service = textOf(arn.service);
    // A wildcard names no place; the actions are judged instead.
    if (region !== undefined && region.includes('*')) return undefined;
    if (region === '' && service !== 's3') return undefined;
    if (service === 's3' && describe(arn.resource).startsWith('*')) return undefined;
    if (service === 'bedrock') return modelOpinion(value, premises, from);
    if (region && textOf(arn.account) === '*') return anyAccount(value, region);
  }
  return locate(value, premises, { from, bareName: 'anywhere' });
}

/** Any account in one Region: a resource of another account has to let the caller in by a policy of its own. */
function anyAccount(value: Scalar, region: string): Opinion {
  const where = regionOpinion(region);
  const words = describe(value);
  return { ...where, place: { ...where.place, value: words }, because: `\`${words}\` in ${where.because}` };
}

function pinned(statement: Statement, premises: Premises, from: Resource): boolean {
  return (
    !statement.notResource &&
    statement.resources.length > 0 &&
    statement.resources.every((value) => resourcePlace(value, premises, from)?.verdict === 'inside')
  );
}
