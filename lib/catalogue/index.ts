/** The egress catalogue: what CloudFormation and the AWS API can express, and which of it moves data. */
export * from './actions';
export * from './catalogue';
export * from './evaluators';
export * from './model';
export * from './structural';
export { renderType } from './explain';
export { matchPath, normalisePath } from './paths';
export type { Match } from './paths';
export type { StoreFacts, TypeRole } from './shape';
