export { LEAST_EXPORTED_GROUP, checkTransfers } from './check';
export { TransferRefused, exportObject } from './export';
export type { ExportOrder, ExportPorts } from './export';
export { exportBucketName } from './export-bucket';
export { releaseOf } from './release';
export * from './transfer';
export { zoneOf } from './zone';
