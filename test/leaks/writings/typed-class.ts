/** The typed class of a CloudFormation type, and its properties in the case the class wants. */
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Json } from '../../../lib/template';
import type { Properties } from '../property-path';

type TypedClass = (new (scope: Construct, id: string, properties?: unknown) => CfnResource) & {
  readonly CFN_RESOURCE_TYPE_NAME?: string;
};

const load = createRequire(__filename);
const library = path.dirname(load.resolve('aws-cdk-lib/package.json'));
let modules: readonly string[] | undefined;
const known = new Map<string, TypedClass>();

/** The class of a type. @throws when the library has none, because a writing that writes nothing proves nothing */
export function typedClass(type: string): TypedClass {
  const kept = known.get(type);
  if (kept) return kept;
  const [, service = '', name = ''] = type.split('::');
  modules ??= readdirSync(library).filter((folder) => folder.startsWith('aws-'));
  const folder = modules.find((one) => one === `aws-${service.toLowerCase()}`);
  if (!folder) throw new Error(`aws-cdk-lib has no module for ${type}`);
  const found = (load(`aws-cdk-lib/${folder}`) as Record<string, unknown>)[`Cfn${name}`] as TypedClass | undefined;
  if (found?.CFN_RESOURCE_TYPE_NAME !== type) throw new Error(`aws-cdk-lib/${folder} has no Cfn${name} for ${type}`);
  known.set(type, found);
  return found;
}

/** Keys whose value is a document of its own and keeps its case. */
const DOCUMENTS = new Set(['PolicyDocument', 'KeyPolicy', 'RepositoryPolicyText', 'EventPattern', 'Configuration']);

/** CloudFormation properties as the typed classes take them: `SSEAlgorithm` is `sseAlgorithm`. */
export function typedProperties(properties: Properties): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [lowerFirst(key), DOCUMENTS.has(key) ? value : typed(value)]),
  );
}

function typed(value: Json): unknown {
  if (isIntrinsic(value)) return Token.asString(value);
  if (Array.isArray(value)) return value.map(typed);
  if (typeof value === 'object' && value !== null) return typedProperties(value as Properties);
  return value;
}

function isIntrinsic(value: Json): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'))
  );
}

/** As the CDK names properties: `BucketARN` → `bucketArn`, `DBInstanceClass` → `dbInstanceClass`, `S3BucketName` → `s3BucketName`. */
function lowerFirst(name: string): string {
  const words = name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .split('_');
  return words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join('');
}
