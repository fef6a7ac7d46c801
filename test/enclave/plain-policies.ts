import type { PolicyDocument } from '../../lib/policy';
import type { Synthesised } from './synthesised';

/** The endpoint every reference to one stands for. */
export const ENDPOINT = 'vpce-site';

/**
 * A policy of a template with its references as text: a resource of the stack by its physical ARN where it has one, every
 * output of the network as {@link ENDPOINT}, whatever else as the reference's own JSON, which matches nothing.
 */
export function plainPolicy({ templates }: Synthesised, stack: string, document: unknown): PolicyDocument {
  const resources = templates.get(stack)!.toJSON()['Resources'] as Record<
    string,
    { Type: string; Properties: Record<string, unknown> }
  >;
  const text = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(text);
    if (typeof value !== 'object' || value === null) return value;
    const [[key, inner] = ['', undefined]] = Object.entries(value);
    if (key === 'Fn::Join') return (inner as [string, unknown[]])[1].map(text).join((inner as [string, unknown[]])[0]);
    if (key === 'Fn::GetStackOutput' && (inner as { StackName: string }).StackName.endsWith('-network'))
      return ENDPOINT;
    if (key === 'Fn::GetAtt') return arnOf(resources[(inner as string[])[0]!]!) ?? JSON.stringify(value);
    if (key === 'Ref' || key === 'Fn::GetStackOutput') return JSON.stringify(value);
    return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, text(v)]));
  };
  return text(document) as PolicyDocument;
}

/** Physical ARN of a bucket; other types' ARNs are not compared. */
const arnOf = ({ Type, Properties }: { Type: string; Properties: Record<string, unknown> }): string | undefined =>
  Type === 'AWS::S3::Bucket' ? `arn:aws:s3:::${String(Properties['BucketName'])}` : undefined;
