/** CloudFormation on disk → resolved resources. */
export * from './model';
export { InputError } from './input-error';
export { readApplication, applicationOf } from './read-application';
export { parseArn } from './arn';
export { consistent, describe, textOf } from './values';
export { nameInPath } from './pattern';
export { walkPlainly } from './plain-walk';
export type { Guide, PlainVisitor } from './plain-walk';
