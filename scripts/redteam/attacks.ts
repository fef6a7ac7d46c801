/** Every way out the red team opens, in the order it does. */
import type { Attack } from './attack';
import { BUCKET_SETTING_ATTACKS } from './attacks/bucket-settings';
import { BUCKET_ATTACKS } from './attacks/buckets';
import { DATABASE_ATTACKS } from './attacks/databases';
import { KEY_ATTACKS } from './attacks/keys';
import { MESSAGE_ATTACKS } from './attacks/messages';
import { NETWORK_ATTACKS } from './attacks/network';
import { TABLE_ATTACKS } from './attacks/tables';

export const ATTACKS: readonly Attack[] = [
  ...BUCKET_ATTACKS,
  ...BUCKET_SETTING_ATTACKS,
  ...DATABASE_ATTACKS,
  ...TABLE_ATTACKS,
  ...NETWORK_ATTACKS,
  ...MESSAGE_ATTACKS,
  ...KEY_ATTACKS,
];
