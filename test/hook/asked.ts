/** Requests as CloudFormation sends them, and a world for the handler in which nothing is fetched. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerTo } from '../../lib/hook/handler';
import type { HookAnswer } from '../../lib/hook/answer';
import type { HookWorld } from '../../lib/hook/handler';
import type { HookRegister } from '../../lib/hook/register';
import type { DeployedStack } from './enclave-assembly';

export type Kind = 'stack-create' | 'stack-update' | 'stack-delete' | 'change-set' | 'cloud-control-create';
export type Request = Record<string, unknown> & { requestData: Record<string, unknown> };

/** A request of this kind, with what the test says otherwise. */
export function request(kind: Kind, otherwise: Record<string, unknown> = {}): Request {
  const text = readFileSync(join(__dirname, 'payloads', `${kind}.json`), 'utf8');
  return { ...(JSON.parse(text) as Request), ...otherwise };
}

/** The request to create or update a stack at its own place. */
export function requestFor(kind: Kind, { stackName, account, region }: Omit<DeployedStack, 'template'>): Request {
  const asked = request(kind, {
    awsAccountId: account,
    stackId: `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/1a2345b6-0000-00a0-a123-00abc0abc000`,
  });
  return { ...asked, requestData: { ...asked.requestData, payload: addressIn(region) } };
}

export const addressIn = (region: string): string =>
  `https://cfn-hooks-payload-${region}.s3.${region}.amazonaws.com/3d1a5a4e?X-Amz-Signature=00`;

/** A register of one site and nothing else. */
export const ONE_SITE: HookRegister = {
  sites: [{ siteId: 'dub-1', account: '111122223333', region: 'eu-west-1' }],
  accounts: ['111122223333'],
  buckets: [],
  transfers: [],
  reviewedTypes: [],
};

/** A world in eu-west-1 whose S3 holds `document` and in which no stack is deployed. */
export const world = (document: unknown, otherwise: Partial<HookWorld> = {}): HookWorld => ({
  register: ONE_SITE,
  region: 'eu-west-1',
  fetch: () => Promise.resolve(new Response(JSON.stringify(document))),
  deployed: () => Promise.resolve(undefined),
  now: () => new Date('2026-11-22T05:00:00Z'),
  milliseconds: 20_000,
  ...otherwise,
});

/** What a stack of the enclave is answered, with these stacks of its account deployed. */
export function answerFor(
  stack: DeployedStack,
  deployed: readonly DeployedStack[],
  register: HookRegister,
  previousTemplate?: string,
): Promise<HookAnswer> {
  const kind = previousTemplate === undefined ? 'stack-create' : 'stack-update';
  return answerTo(
    requestFor(kind, stack),
    world(
      { template: stack.template, previousTemplate },
      {
        register,
        region: stack.region,
        deployed: (stackName, region) =>
          Promise.resolve(
            deployed.find(
              (one) => one.stackName === stackName && one.region === region && one.account === stack.account,
            )?.template,
          ),
      },
    ),
  );
}
