/** Sections of ARNs in answers. Unlike a template's, they hold no references. */
import { findRegion } from '../geo';

export const arnRegion = (arn: string | undefined): string | undefined => arn?.split(':')[3] || undefined;
export const arnAccount = (arn: string | undefined): string | undefined => arn?.split(':')[4] || undefined;

/** Partition of a Region; `aws` names are not assumed for a Region the facts do not know. */
export const partitionAt = (region: string): string => findRegion(region)?.partition ?? 'unknown-partition';

/** Regions that ARNs name; an empty section names none. */
export const regionsOf = (...arns: readonly (string | undefined)[]): string[] =>
  arns.flatMap((arn) => arnRegion(arn) ?? []);
