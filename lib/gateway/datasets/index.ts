export * from './dataset';
export * from './generalise';
export * from './schema-hash';
export * from './value';
