/**
 * Which real thing a declared resource became: CloudFormation's own record of every stack, read once at the start. With it
 * a reference in a template (`Fn::GetAtt`, `Fn::GetStackOutput`) becomes the text the service must answer.
 */
import { findRegion } from '../geo';
import type { Application, Reference, Resource, Template } from '../template';
import { attributeText } from './attributes';
import { declaredAt } from './declared';
import { answered } from './model';
import type { Answer, Missing } from './model';
import type { Unreadable } from './place';
import type { Reading } from './reading';
import { STACK_READS } from './stacks/stacks-reader';

/** Gives the reading of an account and Region. */
export type Readings = (account: string, region: string) => Promise<Reading | Unreadable>;

type StackRecord = Answer<ReadonlyMap<string, string>>;

export class Deployment {
  private constructor(private readonly records: ReadonlyMap<Template, StackRecord>) {}

  /** Reads the record of every stack that has an account and a Region. */
  static async read(application: Application, readings: Readings): Promise<Deployment> {
    const records = await Promise.all(
      application.templates.map(async (template) => [template, await recordOf(template, readings)] as const),
    );
    return new Deployment(new Map(records));
  }

  /** The physical id of a declared resource; undefined when its stack stands and does not hold it. */
  idOf(resource: Resource): Answer<string | undefined> {
    const record = this.records.get(resource.template);
    if (!record) return NO_RECORD;
    return record.kind === 'missing' ? record : answered(record.value.get(resource.logicalId));
  }

  /** The text a reference stands for, when the record and the form of its ARN show it. */
  readonly textOf = ({ resource, attribute }: Reference): string | undefined => {
    const id = this.idOf(resource);
    const { account, region } = resource.template.source;
    const partition = region === undefined ? undefined : findRegion(region)?.partition;
    if (id.kind === 'missing' || id.value === undefined || !account || !region || !partition) return undefined;
    // A role's path is part of its ARN and not of its id.
    if (resource.type === 'AWS::IAM::Role' && resource.has('Path') !== 'never' && attribute === 'Arn') {
      const path = declaredAt(resource, 'Path', this.textOf);
      return path.kind === 'fixed'
        ? `arn:${partition}:iam::${account}:role${String(path.value)}${id.value}`
        : undefined;
    }
    return attributeText(attribute, { account, region, partition, type: resource.type, physicalId: id.value });
  };
}

const NO_RECORD: Missing = {
  kind: 'missing',
  action: 'cloudformation:ListStackResources',
  why: 'the stack has no fixed account and Region',
  remedy: 'Give the stack an explicit environment, so that it can be found.',
};

async function recordOf({ source }: Template, readings: Readings): Promise<StackRecord> {
  if (source.account === undefined || source.region === undefined || source.nestedIn !== undefined) return NO_RECORD;
  const reading = await readings(source.account, source.region);
  if ('why' in reading) return { kind: 'missing', action: 'sts:AssumeRole', ...reading };
  const resources = await reading.list(
    STACK_READS.resources,
    { StackName: source.stackName },
    ({ StackResourceSummaries }) => StackResourceSummaries,
  );
  if (resources.kind === 'missing') return notDeployed(resources, source.stackName);
  return answered(
    new Map(
      resources.value
        .filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE')
        .flatMap(({ LogicalResourceId: id, PhysicalResourceId: physical }) =>
          id === undefined || physical === undefined ? [] : [[id, physical] as const],
        ),
    ),
  );
}

const notDeployed = (answer: Missing, stack: string): Missing =>
  /does not exist/u.test(answer.why)
    ? { ...answer, why: `stack ${stack} does not exist`, remedy: 'Deploy the stack, or take it out of the assembly.' }
    : answer;
