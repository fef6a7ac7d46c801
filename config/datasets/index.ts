/** Every dataset of the enclave. One that is not listed here does not exist for the gateway. */
import type { DatasetInput } from '../dataset-schema';
import { media } from './media';
import { messages } from './messages';
import { published } from './published';
import { records } from './records';
import { social } from './social';
import { statistics } from './statistics';

export const datasets: readonly DatasetInput[] = [media, records, messages, social, published, statistics];
