import type { FunctionName } from '../../gateway/contract';

/** Name under which the bundle exports a function's handler: `check-request` is `checkRequest`. */
export const exportedName = (name: FunctionName): string =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
