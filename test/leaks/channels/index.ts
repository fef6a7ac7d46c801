/** Every channel of the corpus. */
import type { Channel } from '../channel';
import { CROSS_REGION } from './cross-region';
import { EVERYDAY } from './everyday';
import { RESTORES } from './restores';

export { CROSS_REGION, NO_WAY_OUT } from './cross-region';

/** The path as the catalogue writes it: a list is named by its property alone. */
export function cataloguePath(path: string): string {
  return path.replace(/(\[\]|\{\})$/, '');
}

const everyday = new Set(EVERYDAY.map(({ type, path }) => `${type} ${cataloguePath(path)}`));

/** One channel per property of the tables that no everyday channel tries. */
const rare: readonly Channel[] = [...Object.entries(CROSS_REGION), ...Object.entries(RESTORES)].flatMap(
  ([type, ways]) =>
    ways.flatMap(({ paths, ...way }) =>
      paths
        .filter((path) => !everyday.has(`${type} ${cataloguePath(path)}`))
        .map((path) => ({
          slug: `${type.slice('AWS::'.length)} ${path}`,
          type,
          path,
          ...way,
          everyWriting: false,
        })),
    ),
);

export const CHANNELS: readonly Channel[] = [...EVERYDAY, ...rare];
