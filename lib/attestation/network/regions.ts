/** Which Regions an account can use at all. */
import type { Answer } from '../model';
import type { Reading } from '../reading';
import { NETWORK_READS } from './network-reader';

/** Names of the Regions that are enabled for the account; AWS leaves the others out unless asked for all. */
export const enabledRegions = (reading: Reading): Promise<Answer<readonly string[]>> =>
  reading.list(NETWORK_READS.regions, {}, ({ Regions }) =>
    (Regions ?? []).flatMap(({ RegionName }) => (RegionName === undefined ? [] : [RegionName])),
  );
