import type { Enclave } from '../../../../config/schema';
import type { Delivery } from '../../../policy';
import type { Transfer } from '../../../gateway/transfer';
import { deliveryRoleArn } from '../../names';
import { siteContext } from '../../site-context';

/** The roles that carry the registered transfers of an enclave to their recipients; the perimeter lets no other write outside. */
export const deliveriesOf = (enclave: Enclave, transfers: readonly Transfer[]): readonly Delivery[] =>
  transfers.map(({ id, from, to: { account, region } }) => ({
    role: deliveryRoleArn(siteContext(enclave, from), id),
    account,
    region,
  }));
