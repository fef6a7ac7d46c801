export * from './countries';
export * from './partitions';
export * from './regions';
export * from './zones';
