export * from './count-table';
export { DynamoNoiseBudget } from './dynamo-budget';
export { ALL } from './cube';
export type { Coordinate, Entry } from './cube';
export * from './noise';
export * from './table-counter';
