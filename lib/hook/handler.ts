/** The judge as a CloudFormation Lambda Hook: one request in, one answer out, and no way to end without one. */
import { MESSAGE_LIMITS, accepted, refused, undecided } from './answer';
import type { HookAnswer } from './answer';
import { neighboursOf } from './neighbours';
import type { DeployedTemplate } from './neighbours';
import { fetchPayload, payloadAddress } from './payload';
import type { Fetch } from './payload';
import type { HookRegister } from './register';
import { RequestError, parseRequest, placeOf, tokenOf } from './request';
import type { HookRequest, StackPlace } from './request';
import { findingsOf, targetOf, templateOfResource } from './verdict';
import type { Flow } from '../residency';

/** What the hook needs of the world. */
export interface HookWorld {
  readonly register: HookRegister;
  /** Region of the function. */
  readonly region: string;
  readonly fetch: Fetch;
  readonly deployed: DeployedTemplate;
  readonly now: () => Date;
  /** Milliseconds after which the answer is that there is none; below the 30 s CloudFormation waits. */
  readonly milliseconds: number;
}

/** Judges one request. Never throws: whatever goes wrong is a refusal with its reason. */
export async function answerTo(event: unknown, world: HookWorld): Promise<HookAnswer> {
  const token = tokenOf(event);
  const clock = new Deadline(world.milliseconds);
  try {
    return await Promise.race([decide(parseRequest(event), world), clock.expired]);
  } catch (error) {
    // The shorter limit, since it is not known what was asked.
    return undecided(token, error, MESSAGE_LIMITS.resource);
  } finally {
    clock.stop();
  }
}

async function decide(request: HookRequest, world: HookWorld): Promise<HookAnswer> {
  const { clientRequestToken: token, actionInvocationPoint, requestData } = request;
  // A deletion moves nothing: a final snapshot is kept where the store stood.
  if (actionInvocationPoint === 'DELETE_PRE_PROVISION') return accepted(token, 'A deletion moves no data.');
  const at = placeOf(request, world.region);
  if ('payload' in requestData)
    return answer(token, await stackFindings(requestData.payload, at, world), MESSAGE_LIMITS.stack);
  if (!('targetModel' in requestData))
    throw new RequestError(`a ${requestData.targetType} without template or properties cannot be judged`);
  const lone = targetOf(templateOfResource(requestData), at);
  return answer(token, findingsOf(lone, undefined, [], world.register, world.now()), MESSAGE_LIMITS.resource);
}

async function stackFindings(address: string, at: StackPlace, world: HookWorld): Promise<readonly Flow[]> {
  const payload = await fetchPayload(payloadAddress(address, world.region), world.fetch);
  const target = targetOf(payload.template, at);
  const previous = payload.previousTemplate === undefined ? undefined : targetOf(payload.previousTemplate, at);
  const neighbours = await neighboursOf(target, at, world.deployed);
  return findingsOf(target, previous, neighbours, world.register, world.now());
}

const answer = (token: string, findings: readonly Flow[], limit: number): HookAnswer =>
  findings.length === 0
    ? accepted(token, 'No data can leave the EEA by any channel the judge knows.')
    : refused(token, findings, limit);

/** A promise that fails when time is up. */
class Deadline {
  readonly expired: Promise<never>;
  private timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number) {
    this.expired = new Promise((_, reject) => {
      this.timer = setTimeout(() => reject(new RequestError(`no verdict within ${milliseconds} ms`)), milliseconds);
    });
    // Without this an expiry nobody waits for any more would end the process.
    this.expired.catch(() => undefined);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
