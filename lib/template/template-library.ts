/**
 * Finds the template of a nested stack on disk. Only what stands in the input is looked at: the assembly's own asset
 * records, the folder of the parent, or another template of the same input.
 */
import * as path from 'node:path';
import type { ConstructRecords } from './construct-record';
import type { TemplateDocument } from './document';
import type { LoadedResource } from './loaded-resource';
import type { Json } from './model';
import { isObject, own } from './scalar';

/** A template as it was read, before it is known which stacks are made of it. */
export interface TemplateFile {
  /** Identity: absolute path, or the name of a template in memory. */
  readonly id: string;
  /** As the caller would recognise it. */
  readonly file: string;
  readonly document: TemplateDocument;
  readonly records?: ConstructRecords;
}

export interface TemplateLibrary {
  /** The template that a nested-stack resource of `parent` creates its stack from. */
  nested(parent: TemplateFile, resource: LoadedResource): TemplateFile | undefined;
}

const NESTED_TYPE = 'AWS::CloudFormation::Stack';

export const isNestedStack = (resource: { readonly type: string }): boolean => resource.type === NESTED_TYPE;

/** What a nested-stack resource says of its template, read without evaluating anything. */
export interface NestedLocation {
  /** `aws:asset:path` of CDK's asset metadata. */
  readonly assetPath?: string;
  /** Bucket and key in the URL, by which the asset manifests know the file. */
  readonly bucketAndKey?: string;
  /** A path relative to the parent, as before packaging. */
  readonly localPath?: string;
  /** Last segment of the URL. */
  readonly fileName?: string;
}

/** An S3 address with the bucket in its path, as the CDK writes it. A bucket in the host name is no CDK asset. */
const S3_ADDRESS =
  /^https:\/\/s3\.(?:\$\{AWS::Region\}|[a-z0-9-]+)\.(?:\$\{AWS::URLSuffix\}|amazonaws\.com(?:\.cn)?)\/(.+)$/u;

export function nestedLocation(resource: LoadedResource): NestedLocation {
  const url = isObject(resource.properties) ? own(resource.properties, 'TemplateURL') : undefined;
  const last = lastText(url);
  const assetPath = resource.metadata('aws:asset:path');
  const bucketAndKey = S3_ADDRESS.exec(spelled(url) ?? '')?.[1];
  const local = typeof url === 'string' && !/^[a-z0-9]+:\/\//iu.test(url) ? url : undefined;
  const fileName = last === undefined ? undefined : path.posix.basename(last.split('?')[0]!);
  return {
    ...(assetPath === undefined ? {} : { assetPath }),
    ...(bucketAndKey === undefined ? {} : { bucketAndKey }),
    ...(local === undefined ? {} : { localPath: local }),
    ...(fileName === undefined || fileName === '' ? {} : { fileName }),
  };
}

/** An expression of texts and pseudo parameters, spelled as in `Fn::Sub`. */
function spelled(expression: Json | undefined): string | undefined {
  if (typeof expression === 'string') return expression;
  if (!isObject(expression)) return undefined;
  const reference = own(expression, 'Ref');
  if (typeof reference === 'string') return `\${${reference}}`;
  const substituted = own(expression, 'Fn::Sub');
  if (typeof substituted === 'string') return substituted;
  const joined = own(expression, 'Fn::Join');
  const [separator, parts] = Array.isArray(joined) ? joined : [];
  if (separator !== '' || !Array.isArray(parts)) return undefined;
  const texts = parts.map(spelled);
  return texts.some((text) => text === undefined) ? undefined : texts.join('');
}

/** The last text of an expression: the end of a URL that is joined or substituted together. */
function lastText(expression: Json | undefined): string | undefined {
  let node = expression;
  while (node !== undefined && node !== null) {
    if (typeof node === 'string') return node;
    if (Array.isArray(node)) node = node.findLast((item) => typeof item === 'string' || Array.isArray(item));
    else if (isObject(node)) node = own(node, 'Fn::Join') ?? own(node, 'Fn::Sub');
    else return undefined;
  }
  return undefined;
}

/** `relative` inside `folder`, or undefined when it would lead out of it. */
export function inside(folder: string, relative: string): string | undefined {
  const root = path.resolve(folder);
  const found = path.resolve(root, relative);
  return found.startsWith(root + path.sep) ? found : undefined;
}
