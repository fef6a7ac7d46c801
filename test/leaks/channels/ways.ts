/** The ways in which a destination is written, as short words for the tables of channels. */
import type { Json } from '../../../lib/template';
import type { Channel } from '../channel';
import type { Twin } from '../places';
import { HOME, OURS } from '../places';
import type { Properties } from '../property-path';
import { propertiesAt } from '../property-path';

/** Everything of a channel but its type and path. */
export type Way = Pick<Channel, 'manner' | 'value' | 'convicted'> & Partial<Omit<Channel, 'slug' | 'type' | 'path'>>;
export interface Ways extends Way {
  readonly paths: readonly string[];
}

/** Stands for a value of which only the presence matters; it is another one in every case. */
export const SOMETHING = 'something';

/** ARN of a resource of ours. */
export function arnOf(service: string, region: string, resource: string): string {
  return `arn:aws:${service}:${region}:${OURS}:${resource}`;
}

/** Name of the bucket at the other end. */
export function bucketName(twin: Twin): string {
  return `${twin.id}-copies`;
}

/** The stack that creates the bucket at the other end. */
export function bucketAt(twin: Twin): readonly { name: string; region: string; resources: { [id: string]: Json } }[] {
  const Copies: Json = { Type: 'AWS::S3::Bucket', Properties: { BucketName: bucketName(twin) } };
  return [{ name: 'far', region: twin.region, resources: { Copies } }];
}

/** A Region by its code. */
export const region = (...paths: string[]): Ways => ({
  paths,
  manner: 'region',
  convicted: 'outside',
  value: (twin) => twin.region,
});

/** An ARN with its Region. */
export const arn = (service: string, resource: string, ...paths: string[]): Ways => ({
  paths,
  manner: 'arn',
  convicted: 'outside',
  value: (twin) => arnOf(service, twin.region, resource),
});

export const keyArn = (...paths: string[]): Ways => ({ ...arn('kms', 'key/copy', ...paths), target: 'AWS::KMS::Key' });

/** A bucket by its name, which says nothing of where it stands. */
export const bucket = (...paths: string[]): Ways => ({
  paths,
  manner: 'bucket',
  convicted: 'outside',
  value: bucketName,
  companions: bucketAt,
});

/** A bucket by its ARN, which says no more than its name. */
export const bucketArn = (...paths: string[]): Ways => ({
  ...bucket(...paths),
  value: (twin) => `arn:aws:s3:::${bucketName(twin)}`,
  target: 'AWS::S3::Bucket',
});

/** What a property is when it belongs to a copy whose Region stands in a sibling. */
export const beside = (sibling: string, value: Json, ...paths: string[]): Ways => ({
  paths,
  manner: 'region',
  convicted: 'outside',
  value: () => value,
  aim: sibling,
  rest: (twin) => propertiesAt(sibling, twin.region),
});

/** `beside`, in a resource that needs more to be innocent. */
export const besideWith = (more: Properties, sibling: string, value: Json, ...paths: string[]): Ways => ({
  ...beside(sibling, value, ...paths),
  rest: (twin) => ({ ...more, ...propertiesAt(sibling, twin.region) }),
});

/** The key of a copy; copy and key stand in the same Region. */
export const keyBeside = (sibling: string, ...paths: string[]): Ways => ({
  ...keyArn(...paths),
  aim: sibling,
  rest: (twin) => propertiesAt(sibling, twin.region),
});

/** The property belongs to a copy into a Kafka cluster named by ARN. */
export const besideCluster = (sibling: string, value: Json, ...paths: string[]): Ways => ({
  ...beside(sibling, value, ...paths),
  rest: (twin) => propertiesAt(sibling, arnOf('kafka', twin.region, `cluster/${twin.id}/1`)),
});

/** The stack itself stands at the destination, and the property pulls from home. */
export const standing = (value: Json, ...paths: string[]): Ways => ({
  paths,
  manner: 'standing',
  convicted: 'outside',
  value: (twin) => (value === SOMETHING ? `${twin.id}-something` : value),
});

export const standingPullsFromHome = (...paths: string[]): Ways => standing(HOME, ...paths);

/** The stack stands at the destination and names the store it copies from by ARN. */
export const standingReplicaOf = (service: string, resource: string, ...paths: string[]): Ways => ({
  ...standing('', ...paths),
  value: () => arnOf(service, HOME, resource),
});

/** A value that opens a way against one that keeps it shut. */
export const flag = (
  convicted: Channel['convicted'],
  borderline: string | undefined,
  opening: Json,
  shut: Json,
  ...paths: string[]
): Ways => ({
  paths,
  manner: 'switch',
  convicted,
  ...(borderline ? { borderline } : {}),
  value: (twin) => (twin.leaves ? opening : shut),
});

/** The resource is the way; what stays is the stack without it. */
export const presence = (borderline: string, value: Json, ...paths: string[]): Ways => ({
  paths,
  manner: 'presence',
  convicted: 'unknown',
  borderline,
  value: () => value,
});

/** A model: an inference profile that routes abroad, or a model abroad; what stays is a model of a Region. */
export const model = (...paths: string[]): Ways => ({
  paths,
  manner: 'model',
  convicted: 'outside',
  value: (twin) => {
    const here = `arn:aws:bedrock:${twin.region}::foundation-model/amazon.titan-text-express-v1`;
    if (!twin.leaves || twin.region === 'eu-west-2') return here;
    return `${twin.region === 'us-east-1' ? 'us' : 'global'}.anthropic.claude-sonnet-4-20250514-v1:0`;
  },
});

/** A geography of a provider; what stays is the stack without it, because no geography is proof. */
export const geography = (...paths: string[]): Ways => ({
  paths,
  manner: 'presence',
  convicted: 'outside',
  value: (twin) => (twin.region === 'us-east-1' ? 'us' : 'global'),
});

/** A list of Regions inside a text of a map. */
export const regionInText = (...paths: string[]): Ways => ({
  paths,
  manner: 'region',
  convicted: 'outside',
  value: (twin) => ({ TargetRegions: `${HOME},${twin.region}` }),
});
