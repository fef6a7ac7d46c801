/**
 * The one way out that a perimeter can have: a role that S3 assumes to carry what a registered transfer lets leave to its
 * recipient. Without a registered transfer there is none.
 *
 * The policies of the organisation except these roles by name; what they may do instead stands in their boundary, which the
 * organisation keeps on them: four actions, in the account and the Region of the one recipient.
 */
import { deny } from './document';
import type { Conditions, Statement } from './document';
import type { PerimeterSettings } from './settings';
import { WRITES } from './writes';

export interface Delivery {
  /** ARN of the role. */
  readonly role: string;
  /** Account and Region of the recipient's bucket. */
  readonly account: string;
  readonly region: string;
}

type Delivering = Pick<PerimeterSettings, 'deliveries'>;

/** ARNs of the roles that deliver. */
export const deliveryRoles = ({ deliveries = [] }: Delivering): readonly string[] => deliveries.map(({ role }) => role);

/** Condition that holds of everybody but the roles that deliver. */
const notDelivering = (settings: Delivering): Conditions => {
  const roles = deliveryRoles(settings);
  return roles.length === 0 ? {} : { ArnNotEquals: { 'aws:PrincipalArn': roles } };
};

/** Nothing is written into a resource of somebody else. */
export const writeDenial = (settings: Delivering & Pick<PerimeterSettings, 'organizationId'>): Statement =>
  deny('WritesOnlyIntoTheOrganisation', {
    Action: WRITES,
    Condition: {
      // Absent when the owner is in no organisation at all: a negated operator matches that too.
      StringNotEquals: { 'aws:ResourceOrgID': settings.organizationId },
      ...notDelivering(settings),
    },
  });

/** What the boundary says of the roles that deliver: what they may do at their recipient's, and that it is nowhere else. */
export const deliveryBounds = ({
  deliveries = [],
  organizationId,
}: Delivering & Pick<PerimeterSettings, 'organizationId'>): readonly Statement[] =>
  deliveries.flatMap(({ role, account, region }, index) => [
    {
      Sid: `Delivery${index + 1}`,
      Effect: 'Allow',
      Action: ['kms:Encrypt', 'kms:GenerateDataKey', 's3:ObjectOwnerOverrideToBucketOwner', 's3:ReplicateObject'],
      Resource: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': role },
        StringEquals: { 'aws:RequestedRegion': region, 'aws:ResourceAccount': account },
      },
    },
    deny(`Delivery${index + 1}OnlyToItsRecipient`, {
      Action: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': role },
        StringNotEquals: { 'aws:ResourceOrgID': organizationId, 'aws:ResourceAccount': account },
      },
    }),
  ]);
