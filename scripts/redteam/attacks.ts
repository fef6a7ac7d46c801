/** Every way out the red team opens, in the order it does. */
import type { Attack } from './attack';
import { BUCKET_ATTACKS } from './attacks/buckets';
import { DATABASE_ATTACKS } from './attacks/databases';
import { KEY_ATTACKS } from './attacks/keys';
import { MESSAGE_ATTACKS } from './attacks/messages';
import { NETWORK_ATTACKS } from './attacks/network';

export const ATTACKS: readonly Attack[] = [
  ...BUCKET_ATTACKS,
  ...DATABASE_ATTACKS,
  ...NETWORK_ATTACKS,
  ...MESSAGE_ATTACKS,
  ...KEY_ATTACKS,
];
