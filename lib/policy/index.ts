/** Policy documents of the perimeter, generated from the catalogue and from plain settings. */
export * from './action-stops';
export * from './boundary';
export type { Delivery } from './deliveries';
export * from './document';
export * from './perimeter';
export * from './quotas';
export * from './resource-control';
export * from './restricted-data';
export * from './roles';
export * from './settings';
export * from './trust';
